package org.ostraka.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.region.ReplicationMetrics.Link;
import org.ostraka.model.GlobalTable.Edition;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.server.region.RegionReport;
import org.ostraka.storage.Stamp;

/** How far replication has come, for Prometheus and for {@code ostraka regions}. */
final class ReplicationFamiliesTest {
  private static final Instant NOW = Instant.parse("2026-10-09T12:00:00Z");
  private static final Region THERE = new Region("eu-west-1");
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/votes").orElseThrow();

  @Test
  void timesAreInSecondsAndChangesAreCounted() {
    Link link = link(Stamp.of(NOW.minusMillis(1_500)), Optional.of(NOW.minusMillis(250)));
    assertThat(values(link))
        .containsEntry("ostraka_replication_sent_changes", 7.0)
        .containsEntry("ostraka_replication_superseded_changes", 2.0)
        .containsEntry("ostraka_replication_durable_timestamp_seconds", NOW.getEpochSecond() - 1.5)
        .containsEntry(
            "ostraka_replication_contact_timestamp_seconds", NOW.getEpochSecond() - 0.25);
    assertThat(line(link))
        .contains(" 1.500 s ")
        .containsPattern("2026-10-09T11:59:59.750Z +2026-10-09T11:59:58.500Z$");
  }

  @Test
  void theReportNamesTheKnownDeployments() {
    assertThat(report(link(Stamp.ZERO, Optional.empty())).lines().skip(3))
        .containsExactly(
            "REGION           DEPLOYMENT",
            "eu-west-1        00000000-0000-0000-0000-000000000002",
            "us-east-1        00000000-0000-0000-0000-000000000001");
  }

  /** Zero would say that the other region holds nothing. */
  @Test
  void timesThatAreUnknownAreAbsent() {
    Link link = link(Stamp.ZERO, Optional.empty());
    assertThat(values(link))
        .containsEntry("ostraka_replication_sent_changes", 7.0)
        .doesNotContainKeys(
            "ostraka_replication_durable_timestamp_seconds",
            "ostraka_replication_contact_timestamp_seconds");
    assertThat(line(link)).contains(" unknown ").containsPattern("never +unknown$");
  }

  private static Link link(Stamp durable, Optional<Instant> contact) {
    Edition edition = new Edition(NOW, THERE);
    return new Link(
        TABLE,
        new Member(THERE, State.ACTIVE, TABLE.owner().region(), edition, true, false),
        Duration.ofMillis(20),
        3,
        7,
        2,
        durable,
        contact);
  }

  private static String line(Link link) {
    return report(link).lines().skip(1).findFirst().orElseThrow().strip();
  }

  private static String report(Link link) {
    SortedMap<Region, UUID> deployments = new TreeMap<>(Comparator.comparing(Region::value));
    deployments.put(THERE, new UUID(0, 2));
    deployments.put(TABLE.owner().region(), new UUID(0, 1));
    return new RegionReport(
            () -> List.of(link), () -> deployments, Clock.fixed(NOW, ZoneOffset.UTC))
        .get();
  }

  private static Map<String, Double> values(Link link) {
    Families families = new Families();
    new ProcessFamilies(List::of, () -> 0, () -> List.of(link)).add(families);
    Map<String, Double> values = new TreeMap<>();
    for (MetricSnapshot snapshot : families.all()) {
      String name = snapshot.getMetadata().getName();
      switch (snapshot) {
        case CounterSnapshot counter ->
            values.put(name, counter.getDataPoints().getFirst().getValue());
        case GaugeSnapshot gauge -> values.put(name, gauge.getDataPoints().getFirst().getValue());
        default -> throw new AssertionError(name);
      }
    }
    return values;
  }
}
