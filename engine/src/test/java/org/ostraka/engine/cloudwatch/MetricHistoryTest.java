package org.ostraka.engine.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.metric.Latencies;
import org.ostraka.model.AccountId;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.Metric;
import org.ostraka.testkit.clock.ManualClock;

/** Samples by minutes, which become coarser, within a bound of memory. */
final class MetricHistoryTest {
  private static final Owner OWNER =
      new Owner(new AccountId("123456789012"), new Region("us-east-1"));
  private static final List<Dimension> ORDERS = List.of(new Dimension("TableName", "orders"));
  private static final Instant START = Instant.parse("2026-11-29T12:00:30Z");
  private static final Metric ERRORS = metric("SystemErrors");
  private static final Metric PROVISIONED = metric("ProvisionedReadCapacityUnits");

  private final ManualClock clock = new ManualClock(START);
  private Object source = new Object();
  private long errors;
  private double provisioned;

  private static Metric metric(String name) {
    return new Metric(MetricName.NAMESPACE, name, ORDERS);
  }

  private MetricHistory history(long maxBytes) {
    return new MetricHistory(List.of(this::read), clock, maxBytes);
  }

  private void read(MetricReadings readings) {
    readings.events(source, OWNER, MetricName.SYSTEM_ERRORS, ORDERS, errors);
    if (provisioned > 0) {
      readings.level(OWNER, MetricName.PROVISIONED_READ_CAPACITY_UNITS, ORDERS, provisioned);
    }
  }

  private NavigableMap<Long, Sample> all(MetricHistory history, Metric metric) {
    return history.samples(OWNER, metric, 0, clock.instant().getEpochSecond() + 60, at -> at);
  }

  @Test
  void whatHappenedSinceTheLastReadingCountsForItsMinute() {
    MetricHistory history = history(1 << 20);
    errors = 3;
    history.collect();
    clock.advance(Duration.ofSeconds(31));
    errors = 5;
    history.collectAtTurn();
    errors = 6;
    history.collectAtTurn();
    clock.advance(Duration.ofMinutes(1));
    history.collectAtTurn();
    long minute = Instant.parse("2026-11-29T12:00:00Z").getEpochSecond();
    assertThat(all(history, ERRORS))
        .containsExactly(
            Map.entry(minute, Sample.of(5, 5, 1, 1)),
            Map.entry(minute + 60, Sample.of(1, 1, 1, 1)));
  }

  @Test
  void theFirstTurnReads() {
    MetricHistory history = history(1 << 20);
    errors = 3;
    history.collectAtTurn();
    errors = 4;
    history.collectAtTurn();
    assertThat(all(history, ERRORS).firstEntry().getValue()).isEqualTo(Sample.of(3, 3, 1, 1));
  }

  @Test
  void countersOfATableThatIsMadeAnewBeginAtZero() {
    MetricHistory history = history(1 << 20);
    errors = 10;
    history.collect();
    source = new Object();
    errors = 2;
    history.collect();
    assertThat(all(history, ERRORS).firstEntry().getValue().count()).isEqualTo(12);
  }

  /** What a failing source has passed on before it failed counts once, and others still count. */
  @Test
  void aSourceThatFailsIsLeftOutOfTheReading() {
    AtomicBoolean isBroken = new AtomicBoolean(true);
    MetricReadings.Source failing =
        readings -> {
          readings.events(this, OWNER, MetricName.CONDITIONAL_CHECK_FAILED_REQUESTS, ORDERS, 7);
          if (isBroken.get()) {
            throw new IllegalStateException("the store does not answer");
          }
        };
    MetricHistory history = new MetricHistory(List.of(this::read, failing), clock, 1 << 20);
    errors = 3;
    history.collect();
    history.collect();
    isBroken.set(false);
    history.collect();
    history.collect();
    assertThat(all(history, ERRORS).firstEntry().getValue().count()).isEqualTo(3);
    assertThat(all(history, metric("ConditionalCheckFailedRequests")).firstEntry().getValue())
        .isEqualTo(Sample.of(7, 7, 1, 1));
  }

  /** Replication's source looks through logs, which a dashboard must not repeat. */
  @Test
  void aSourceThatTakesLongIsReadOnceAMinute() {
    List<Instant> readings = new ArrayList<>();
    MetricReadings.Source slow = _ -> readings.add(clock.instant());
    MetricHistory history =
        new MetricHistory(List.of(new OnceAMinute(slow, clock)), clock, 1 << 20);
    history.collect();
    history.collect();
    clock.advance(Duration.ofSeconds(30));
    history.collectAtTurn();
    history.collect();
    assertThat(readings).containsExactly(START, START.plusSeconds(30));
  }

  @Test
  void aLevelHasOneValueEachMinute() {
    MetricHistory history = history(1 << 20);
    provisioned = 5;
    history.collect();
    history.collect();
    clock.advance(Duration.ofMinutes(1));
    history.collect();
    history.collect();
    assertThat(all(history, PROVISIONED)).hasSize(2);
    assertThat(all(history, PROVISIONED).firstEntry().getValue()).isEqualTo(Sample.of(1, 5, 5, 5));
  }

  @Test
  void oldSamplesBecomeCoarserAndLoseNothing() {
    MetricHistory history = history(1 << 20);
    int minutes = 3 * 24 * 60;
    for (int i = 0; i < minutes; i++) {
      errors++;
      history.collect();
      clock.advance(Duration.ofMinutes(1));
    }
    history.collect();
    NavigableMap<Long, Sample> samples = all(history, ERRORS);
    assertThat(samples.values().stream().mapToDouble(Sample::sum).sum()).isEqualTo(minutes);
    // 3 hours by minutes, until 2 days by five, a day by hours.
    assertThat((double) samples.size()).isCloseTo(180 + (2 * 24 - 3) * 12 + 24, within(15.0));
    clock.advance(Duration.ofDays(16));
    history.collect();
    assertThat(all(history, ERRORS)).isEmpty();
    assertThat(history.bytes()).isZero();
  }

  @Test
  void theOldestGoFirstWhenThereIsNoRoom() {
    MetricHistory history = history(20_000);
    for (int i = 0; i < 1_000; i++) {
      errors++;
      history.collect();
      assertThat(history.bytes()).isLessThanOrEqualTo(20_000);
      clock.advance(Duration.ofMinutes(1));
    }
    NavigableMap<Long, Sample> samples = all(history, ERRORS);
    assertThat(samples).hasSizeBetween(50, 125);
    assertThat(samples.lastKey()).isGreaterThan(clock.instant().getEpochSecond() - 180);
  }

  @Test
  void percentilesLieWithinTheirBucket() {
    long[] counts = new long[Latencies.BUCKETS];
    counts[10] = 99;
    counts[40] = 1;
    Sample sample = new Sample(100, 100, 0.05, 20, Buckets.of(counts));
    double p50 = Statistic.parse("p50").orElseThrow().of(sample).orElseThrow();
    assertThat(p50).isBetween(Latencies.limitMillis(9), Latencies.limitMillis(10));
    assertThat(Statistic.parse("p99.9").orElseThrow().of(sample).orElseThrow())
        .isGreaterThan(Latencies.limitMillis(39));
    assertThat(Statistic.parse("p100").orElseThrow().of(sample)).hasValue(20.0);
    assertThat(Statistic.parse("p101")).isEmpty();
  }
}
