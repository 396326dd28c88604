package org.ostraka.engine.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.metric.Latencies;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.engine.metric.Tally;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Owner;
import org.ostraka.model.ScalarType;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;

/**
 * Metrics of the building of indexes and of Kinesis data streams, with the names, units and
 * dimensions of the service.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html">DynamoDB
 *     metrics and dimensions</a>
 */
final class TableReadingsTest {
  private static final String TABLE = "votes";
  private static final int ITEMS = 20;
  private static final Dimension OF_TABLE = new Dimension("TableName", TABLE);
  private static final List<Dimension> OF_INDEX =
      List.of(OF_TABLE, new Dimension("GlobalSecondaryIndexName", "by-state"));
  private static final List<Dimension> OF_CAPTURE =
      List.of(
          OF_TABLE, new Dimension("DelegatedOperation", "ChangeDataCaptureForKinesisDataStreams"));

  private final TestEngine engine = new TestEngine();
  private final Shown shown = new Shown();

  /** What was shown of one metric; extremes only of tallies. */
  private record Value(
      MetricName name, List<Dimension> dimensions, double count, double sum, Tally.Extremes of) {}

  /** Keeps what it is shown. */
  private static final class Shown implements MetricReadings {
    private final List<Value> values = new ArrayList<>();

    @Override
    public void tally(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, Tally tally) {
      values.add(new Value(name, dimensions, tally.count(), tally.sum(), tally.takeExtremes()));
    }

    @Override
    public void latencies(
        Object source,
        Owner owner,
        MetricName name,
        List<Dimension> dimensions,
        Latencies latencies) {}

    @Override
    public void events(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, long total) {
      values.add(new Value(name, dimensions, total, total, new Tally.Extremes(1, 1)));
    }

    @Override
    public void level(Owner owner, MetricName name, List<Dimension> dimensions, double value) {
      values.add(new Value(name, dimensions, 1, value, new Tally.Extremes(value, value)));
    }

    List<Value> of(MetricName name) {
      return values.stream().filter(value -> value.name() == name).toList();
    }
  }

  @BeforeEach
  void create() {
    engine.create(TABLE);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /** A build waits for no throughput, so throttle events are 0; its entries have two units each. */
  @Test
  void theBuildingOfAnIndexShowsHowFarItHasComeAndWhatItConsumed() {
    addIndex();
    read();
    assertThat(shown.of(MetricName.ONLINE_INDEX_PERCENTAGE_PROGRESS)).isEmpty();
    IndexBuilder builder = engine.builder(ITEMS / 4);
    builder.run(TestEngine.ONE_STEP);
    builder.run(TestEngine.ONE_STEP);
    read();
    assertThat(shown.of(MetricName.ONLINE_INDEX_PERCENTAGE_PROGRESS))
        .containsExactly(
            new Value(
                MetricName.ONLINE_INDEX_PERCENTAGE_PROGRESS,
                OF_INDEX,
                2,
                75,
                new Tally.Extremes(25, 50)));
    builder.run(IndexBuilder.Pace.UNBROKEN);
    read();
    assertThat(shown.of(MetricName.ONLINE_INDEX_PERCENTAGE_PROGRESS).getFirst().of())
        .isEqualTo(new Tally.Extremes(75, 100));
    assertThat(shown.of(MetricName.ONLINE_INDEX_CONSUMED_WRITE_CAPACITY))
        .containsExactly(
            new Value(
                MetricName.ONLINE_INDEX_CONSUMED_WRITE_CAPACITY,
                OF_INDEX,
                5,
                2 * ITEMS,
                new Tally.Extremes(0, 2 * ITEMS / 4.0)));
    assertThat(shown.of(MetricName.ONLINE_INDEX_THROTTLE_EVENTS))
        .containsExactly(
            new Value(
                MetricName.ONLINE_INDEX_THROTTLE_EVENTS, OF_INDEX, 5, 0, new Tally.Extremes(0, 0)));
    assertThat(
            shown.of(MetricName.CONSUMED_WRITE_CAPACITY_UNITS).stream()
                .filter(value -> value.dimensions().equals(OF_INDEX))
                .mapToDouble(Value::sum)
                .sum())
        .as("the service counts what a build consumes apart")
        .isZero();
  }

  @Test
  void theDeliveryToKinesisIsCounted() throws Exception {
    read();
    assertThat(shown.values).noneMatch(value -> value.dimensions().equals(OF_CAPTURE));
    CaptureMetrics metrics = metrics().capturing();
    metrics.captured(1);
    metrics.captured(3);
    metrics.throttled(7);
    metrics.failed();
    read();
    assertThat(shown.values.stream().filter(value -> value.dimensions().equals(OF_CAPTURE)))
        .containsExactlyInAnyOrder(
            new Value(
                MetricName.CONSUMED_CHANGE_DATA_CAPTURE_UNITS,
                OF_CAPTURE,
                2,
                4,
                new Tally.Extremes(1, 3)),
            new Value(
                MetricName.THROTTLED_PUT_RECORD_COUNT, OF_CAPTURE, 1, 7, new Tally.Extremes(7, 7)),
            new Value(
                MetricName.FAILED_TO_REPLICATE_RECORD_COUNT,
                OF_CAPTURE,
                1,
                1,
                new Tally.Extremes(1, 1)));
  }

  /** Of several shards the oldest change counts; a change from a clock that is ahead has no age. */
  @Test
  void theAgeIsThatOfTheOldestChangeOfAllShards() {
    Instant now = engine.clock().instant();
    CaptureMetrics metrics = metrics().capturing();
    assertThat(ages()).isEmpty();
    try (CaptureMetrics.ShardDelivery first = metrics.begin();
        CaptureMetrics.ShardDelivery second = metrics.begin()) {
      assertThat(ages()).containsExactly(0.0);
      first.waitsSince(now.plusSeconds(1));
      assertThat(ages()).containsExactly(0.0);
      second.waitsSince(now.minusMillis(1_500));
      assertThat(ages()).containsExactly(1_500.0);
      first.waitsSince(now.minus(Duration.ofHours(1)));
      assertThat(ages()).containsExactly(3_600_000.0);
      first.waitsForNothing();
      assertThat(ages()).containsExactly(1_500.0);
    }
    assertThat(ages()).isEmpty();
  }

  private List<Double> ages() {
    read();
    return shown.of(MetricName.AGE_OF_OLDEST_UNREPLICATED_RECORD).stream().map(Value::sum).toList();
  }

  private void read() {
    shown.values.clear();
    new TableReadings(
            () -> engine.catalogue().describe(TestEngine.arn(TABLE)).stream().toList(),
            engine.clock())
        .read(shown);
  }

  private TableMetrics metrics() {
    return engine.catalogue().describe(TestEngine.arn(TABLE)).orElseThrow().metrics();
  }

  private void addIndex() {
    for (int i = 0; i < ITEMS; i++) {
      engine.put(
          TABLE,
          new Item(
              Map.of(
                  "id",
                  new AttributeValue.S(Integer.toString(i)),
                  "state",
                  new AttributeValue.S("open"),
                  "note",
                  new AttributeValue.S("n".repeat(1_500)))));
    }
    engine.catalogue().maintain();
    NewIndex index =
        new NewIndex(
            "by-state",
            List.of(new KeySchemaElement("state", KeyType.HASH)),
            "ALL",
            null,
            null,
            null);
    engine.updateIndexes(
        TABLE,
        List.of(new AttributeDefinition("state", ScalarType.S)),
        new GlobalIndexUpdate(index, null, null));
  }
}
