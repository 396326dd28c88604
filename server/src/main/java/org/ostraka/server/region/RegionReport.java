package org.ostraka.server.region;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.ostraka.delivery.region.ReplicationReport;
import org.ostraka.delivery.region.ReplicationStatus;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Stamp;

/** What {@code ostraka regions} shows, as text: a line for each replica and region. Any thread. */
public final class RegionReport implements Supplier<String> {
  private static final String LINE = "%-28s %-16s %-16s %-9s %10s %9s %10s %9s %10s %-24s%n";
  private static final double MILLIS = 1_000.0;

  private final GlobalTables tables;
  private final ReplicationReport report;
  private final ReplicationStatus status;
  private final Clock clock;

  public RegionReport(
      GlobalTables tables, ReplicationReport report, ReplicationStatus status, Clock clock) {
    this.tables = tables;
    this.report = report;
    this.status = status;
    this.clock = clock;
  }

  @Override
  public String get() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            LINE,
            "TABLE",
            "FROM",
            "TO",
            "STATE",
            "LAG",
            "BACKLOG",
            "LATENCY",
            "SENT",
            "SUPERSEDED",
            "LAST CONTACT"));
    for (TableRecord record : tables.all()) {
      TableDescription table = record.description();
      Region own = table.arn().owner().region();
      for (GlobalTable.Member member : table.global().orElseThrow().shown(own)) {
        text.append(line(table, own, member));
      }
    }
    return text.toString();
  }

  private String line(TableDescription table, Region own, GlobalTable.Member member) {
    ReplicationStatus.Counts counts = status.of(table.arn(), member.region());
    Stamp durable = report.durable(table, member.region());
    return String.format(
        Locale.ROOT,
        LINE,
        table.name(),
        own,
        member.region(),
        member.takesPart() && !member.copied() ? "COPYING" : member.state(),
        durable.equals(Stamp.ZERO) ? "unknown" : seconds(since(durable.moment())),
        report.pending(table, member.region()),
        seconds(counts.latency()),
        counts.sent(),
        counts.superseded(),
        counts.contact().map(Instant::toString).orElse("never"));
  }

  private Duration since(Instant moment) {
    Duration lag = Duration.between(moment, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toMillis() / MILLIS);
  }
}
