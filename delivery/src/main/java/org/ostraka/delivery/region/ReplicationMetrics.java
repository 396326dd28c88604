package org.ostraka.delivery.region;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Stamp;

/**
 * The measures of replication to other regions, for each replica of this store and each region:
 * what the service has as ReplicationLatency and PendingReplicationCount, and more. Any thread.
 */
public final class ReplicationMetrics implements Supplier<List<ReplicationMetrics.Link>> {
  private final GlobalTables tables;
  private final ReplicationReport report;
  private final ReplicationStatus status;

  public ReplicationMetrics(
      GlobalTables tables, ReplicationReport report, ReplicationStatus status) {
    this.tables = tables;
    this.report = report;
    this.status = status;
  }

  /**
   * The replication of a table to one region, as this server has seen it since its start.
   * Immutable.
   *
   * @param to what the other region is in the global table
   * @param latency ReplicationLatency: from a write to durable in the other region, on average
   * @param pending PendingReplicationCount, up to {@link ReplicationReport#MAX_PENDING}
   * @param sent the number of changes that were sent
   * @param superseded the number of them that found a later change, or came twice
   * @param durable the stamp up to which everything is durable there; zero when that is not known
   * @param contact when the region answered last
   */
  public record Link(
      TableArn table,
      Member to,
      Duration latency,
      long pending,
      long sent,
      long superseded,
      Stamp durable,
      Optional<Instant> contact) {}

  /** Returns the measures now. Changes that wait are counted in the log. */
  @Override
  public List<Link> get() {
    List<Link> links = new ArrayList<>();
    for (TableRecord record : tables.all()) {
      TableDescription table = record.description();
      Region own = table.arn().owner().region();
      for (Member member : table.global().orElseThrow().shown(own)) {
        links.add(link(table, member));
      }
    }
    report.retain(
        links.stream()
            .map(link -> new Route(link.table(), link.to().region()))
            .collect(Collectors.toSet()));
    return links;
  }

  private Link link(TableDescription table, Member member) {
    ReplicationStatus.Counts counts = status.of(table.arn(), member.region());
    return new Link(
        table.arn(),
        member,
        counts.latency(),
        report.pending(table, member.region()),
        counts.sent(),
        counts.superseded(),
        report.durable(table, member.region()),
        counts.contact());
  }
}
