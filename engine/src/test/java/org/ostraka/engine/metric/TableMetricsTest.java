package org.ostraka.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.engine.throttle.Throttling;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.IndexName;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.Traffic;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.WriteCondition;

/** Requests are counted by table and operation: "DynamoDB metrics and dimensions". */
@Timeout(60)
final class TableMetricsTest {
  private static final String TABLE = "orders";
  private static final WriteCondition IF_NEW =
      new WriteCondition("attribute_not_exists(id)", null, null, Substitutions.NONE, false);

  private final TestEngine engine = new TestEngine();
  private final AtomicLong nanos = new AtomicLong();
  private final Engine operations =
      engine.operations(
          EnginePorts.standard(engine.clock())
              .withCapacity(new Throttling(CapacityMode.REPORT, nanos::get)));

  @BeforeEach
  void create() {
    engine.create(TABLE);
    engine.put(TABLE, "a");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void anIndexThatWasDroppedCountsNoKeysAnyMore() {
    TableMetrics metrics = new TableMetrics();
    Optional<IndexName> index = Optional.of(new IndexName("by-city"));
    Instant now = engine.clock().instant();
    ContributorInsights.Setting on =
        new ContributorInsights.Setting(
            true, ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS, now, now, now);
    metrics.follow(new ContributorInsights(Map.of(index, on)), 0);
    assertThat(metrics.resource(index).hotKeys()).isPresent();
    metrics.follow(ContributorInsights.NONE, 0);
    assertThat(metrics.resource(index).hotKeys()).isEmpty();
  }

  @Test
  void unitsAndSuccessesAreCounted() {
    TableMetrics metrics = metrics();
    double before = metrics.table().consumed(Traffic.WRITE).sum();
    get("a");
    get("b");
    assertThat(metrics.table().consumed(Traffic.READ).sum()).isEqualTo(1.0);
    assertThat(metrics.table().consumed(Traffic.READ).count()).isEqualTo(2);
    assertThat(metrics.table().consumed(Traffic.WRITE).sum()).isEqualTo(before);
    OperationMetrics reads = metrics.operations().get(ItemOperation.GET_ITEM);
    assertThat(reads.latencies().milliseconds().count()).isEqualTo(2);
    assertThat(reads.returnedItems().count()).isZero();
  }

  @Test
  void aStatementCountsTheItemsThatItReturns() {
    operations
        .executeStatement()
        .handle(
            TestEngine.CALLER,
            new ExecuteStatement.Request(
                new ParameterizedStatement("SELECT * FROM orders", List.of(), null, false, false),
                null,
                null,
                ReturnConsumedCapacity.NONE));
    Tally returned = metrics().operations().get(ItemOperation.EXECUTE_STATEMENT).returnedItems();
    assertThat(returned.count()).isEqualTo(1);
    assertThat(returned.sum()).isEqualTo(1);
  }

  @Test
  void aFailedConditionIsCountedAndConsumesUnits() {
    TableMetrics metrics = metrics();
    double before = metrics.table().consumed(Traffic.WRITE).sum();
    assertThatThrownBy(() ->
            operations
                .putItem()
                .handle(
                    TestEngine.CALLER,
                    new PutItem.Request(
                        TABLE,
                        TestEngine.item("a"),
                        IF_NEW,
                        ReturnValues.NONE,
                        ReturnConsumedCapacity.NONE,
                        ReturnItemCollectionMetrics.NONE)))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(metrics.failedConditions()).isEqualTo(1);
    assertThat(metrics.table().consumed(Traffic.WRITE).sum()).isEqualTo(before + 1);
  }

  @Test
  void theMemberOfATransactionWhoseConditionFailsCounts() {
    assertThatThrownBy(() ->
            operations
                .transactWriteItems()
                .handle(
                    TestEngine.CALLER,
                    new TransactWriteItems.Request(
                        List.of(
                            new TransactWriteItems.Action.Put(
                                TABLE, TestEngine.item("b"), WriteCondition.NONE),
                            new TransactWriteItems.Action.ConditionCheck(
                                TABLE, TestEngine.item("a"), IF_NEW)),
                        null,
                        ReturnConsumedCapacity.NONE,
                        ReturnItemCollectionMetrics.NONE)))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(metrics().failedConditions()).isEqualTo(1);
  }

  @Test
  void extremesAreThoseSinceTheyWereTaken() {
    Tally tally = new Tally();
    tally.add(3);
    tally.add(0.5);
    assertThat(tally.takeExtremes()).isEqualTo(new Tally.Extremes(0.5, 3));
    assertThat(tally.takeExtremes()).isEqualTo(new Tally.Extremes(0, 0));
    tally.add(2);
    assertThat(tally.takeExtremes()).isEqualTo(new Tally.Extremes(2, 2));
    assertThat(tally.count()).isEqualTo(3);
    assertThat(tally.sum()).isEqualTo(5.5);
  }

  /** A value is seen with its bucket or not at all, however many threads add and read. */
  @Test
  void totalsAndBucketsAreThoseOfTheSameValues() throws Exception {
    int threads = 8;
    int each = 20_000;
    Latencies latencies = new Latencies();
    List<Future<?>> adding = new ArrayList<>();
    try (ExecutorService running = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        long millis = 1L << thread;
        adding.add(
            running.submit(() -> {
              for (int i = 0; i < each; i++) {
                latencies.add(millis * 1_000_000);
              }
            }));
      }
      long seen = 0;
      while (!adding.stream().allMatch(Future::isDone)) {
        Latencies.Observed observed = latencies.observed();
        assertThat(Arrays.stream(observed.counts()).sum()).isEqualTo(observed.totals().count());
        assertThat(sumOf(observed.counts())).isEqualTo(observed.totals().sum());
        assertThat(observed.totals().count()).isGreaterThanOrEqualTo(seen);
        seen = observed.totals().count();
      }
      for (Future<?> thread : adding) {
        thread.get();
      }
      Latencies.Observed all = latencies.observed();
      assertThat(all.totals().count()).isEqualTo((long) threads * each);
      assertThat(sumOf(all.counts())).isEqualTo(all.totals().sum());
    }
    assertThat(latencies.milliseconds().takeExtremes())
        .isEqualTo(new Tally.Extremes(1, 1L << (threads - 1)));
    assertThat(latencies.milliseconds().takeExtremes()).isEqualTo(new Tally.Extremes(0, 0));
  }

  /** Returns the sum of latencies that are powers of two, in milliseconds, by their buckets. */
  private static double sumOf(long[] counts) {
    double sum = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      long power = Long.highestOneBit(Math.round(Latencies.limitMillis(bucket) - 0.5));
      sum += counts[bucket] * (double) power;
    }
    return sum;
  }

  @Test
  void everyLatencyIsWithinTheLimitsOfItsBucket() {
    for (long nanosOf = 1; nanosOf < 100_000_000_000L; nanosOf = nanosOf * 5 / 4 + 7) {
      Latencies latencies = new Latencies();
      latencies.add(nanosOf);
      long[] counts = latencies.observed().counts();
      int bucket = 0;
      while (counts[bucket] == 0) {
        bucket++;
      }
      assertThat(nanosOf / 1e6).isLessThanOrEqualTo(Latencies.limitMillis(bucket) + 1e-9);
      if (bucket > 0) {
        assertThat(nanosOf / 1e6).isGreaterThanOrEqualTo(Latencies.limitMillis(bucket - 1) - 1e-9);
      }
    }
  }

  private TableMetrics metrics() {
    return engine.catalogue().describe(TestEngine.arn(TABLE)).orElseThrow().metrics();
  }

  private void get(String id) {
    var _ =
        operations
            .getItem()
            .handle(
                TestEngine.CALLER,
                new GetItem.Request(
                    TABLE,
                    TestEngine.item(id),
                    null,
                    null,
                    null,
                    false,
                    ReturnConsumedCapacity.NONE));
  }

  @Test
  void ofTooManyStreamsTheOldestIsForgotten() {
    TableMetrics metrics = new TableMetrics();
    for (int second = 0; second < 130; second++) {
      metrics.stream(Instant.EPOCH.plusSeconds(second).toString()).returned(1, 1, 1);
    }
    assertThat(metrics.streams())
        .hasSize(100)
        .containsKey("1970-01-01T00:02:09Z")
        .doesNotContainKey("1970-01-01T00:00:29Z");
  }
}
