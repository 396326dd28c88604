package org.ostraka.server.region;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.delivery.region.ReplicationMetrics;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.storage.Stamp;

/**
 * What {@code ostraka regions} shows, as text: a line for each replica and region, and the known
 * deployments. Any thread.
 */
public final class RegionReport implements Supplier<String> {
  private static final String LINE = "%-28s %-16s %-16s %-9s %10s %9s %10s %9s %10s %-24s %-24s%n";
  private static final String UNKNOWN = "unknown";
  private static final double MILLIS = 1_000.0;

  private static final String DEPLOYMENT_LINE = "%-16s %s%n";

  private final Supplier<List<ReplicationMetrics.Link>> metrics;
  private final Supplier<SortedMap<Region, UUID>> deployments;
  private final Clock clock;

  /**
   * Makes the report.
   *
   * @param deployments returns the ids of the known deployments by the regions they serve
   */
  public RegionReport(
      Supplier<List<ReplicationMetrics.Link>> metrics,
      Supplier<SortedMap<Region, UUID>> deployments,
      Clock clock) {
    this.metrics = metrics;
    this.deployments = deployments;
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
            "LAST CONTACT",
            "DURABLE UNTIL"));
    metrics.get().forEach(link -> text.append(line(link)));
    text.append(String.format(Locale.ROOT, "%n" + DEPLOYMENT_LINE, "REGION", "DEPLOYMENT"));
    deployments
        .get()
        .forEach(
            (region, id) -> text.append(String.format(Locale.ROOT, DEPLOYMENT_LINE, region, id)));
    return text.toString();
  }

  private String line(ReplicationMetrics.Link link) {
    Member member = link.to();
    Optional<Instant> durable =
        Optional.of(link.durable()).filter(it -> !it.equals(Stamp.ZERO)).map(Stamp::moment);
    return String.format(
        Locale.ROOT,
        LINE,
        link.table().table(),
        link.table().owner().region(),
        member.region(),
        member.takesPart() && !member.copied() ? "COPYING" : member.state(),
        durable.map(until -> seconds(since(until))).orElse(UNKNOWN),
        link.pending(),
        seconds(link.latency()),
        link.sent(),
        link.superseded(),
        link.contact().map(Instant::toString).orElse("never"),
        durable.map(Instant::toString).orElse(UNKNOWN));
  }

  private Duration since(Instant moment) {
    Duration lag = Duration.between(moment, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toMillis() / MILLIS);
  }
}
