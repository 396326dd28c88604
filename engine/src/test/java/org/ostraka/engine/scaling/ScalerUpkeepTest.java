package org.ostraka.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.ScalarType;
import org.ostraka.model.Traffic;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.scaling.DeregisterScalableTarget;
import org.ostraka.model.scaling.DescribeScalingActivities;
import org.ostraka.model.scaling.Paging;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableResource;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingActivity.Status;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetName;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** What the scaler reads and removes, and how it bears failures. */
final class ScalerUpkeepTest {
  private static final Duration TRANSITION = Duration.ofSeconds(10);

  private final TestEngine engine =
      new TestEngine(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new ManualClock(TestEngine.START),
          TRANSITION);
  private final AutoScaling scaling = engine.operations().autoScaling();
  private final ConsumedUnits consumed = new ConsumedUnits(Capacity.UNLIMITED, engine.clock());
  private int scansOfActivities;

  @AfterEach
  void close() {
    engine.close();
    assertThat(engine.check().isClean()).isTrue();
  }

  @Test
  void targetThatFailsDoesNotStopTheOthers() {
    create("first");
    create("second");
    register("first", 20);
    register("second", 20);
    OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable =
        engine.operations().updateTable();
    Scaler scaler =
        scaler(
            engine.store(),
            (caller, request) -> {
              if (request.tableName().equals("first")) {
                throw new IllegalStateException("this table is broken");
              }
              return updateTable.handle(caller, request);
            });
    assertThatThrownBy(scaler::run).hasMessage("this table is broken");
    pass(TRANSITION);
    assertThat(engine.describe("first").throughput().writeUnits()).isEqualTo(10);
    assertThat(engine.describe("second").throughput().writeUnits()).isEqualTo(20);
  }

  @Test
  void activityInProgressIsEndedByTheServerThatTakesTheDuty() {
    create("orders");
    register("orders", 20);
    scaler(engine.store(), engine.operations().updateTable()).run();
    assertThat(activities())
        .extracting(ScalingActivity::status)
        .containsExactly(Status.IN_PROGRESS);
    Scaler other = scaler(engine.store(), engine.operations().updateTable());
    other.run();
    assertThat(activities())
        .extracting(ScalingActivity::status)
        .containsExactly(Status.IN_PROGRESS);
    pass(TRANSITION);
    other.run();
    assertThat(activities()).extracting(ScalingActivity::status).containsExactly(Status.SUCCESSFUL);
  }

  @Test
  void activitiesAreReadOnceAndThenKnown() {
    create("orders");
    create("idle");
    register("orders", 20);
    register("idle", 5);
    Scaler scaler = scaler(counting(engine.store()), engine.operations().updateTable());
    scaler.run();
    scansOfActivities = 0;
    for (int i = 0; i < 12; i++) {
      pass(Duration.ofSeconds(5));
      scaler.run();
    }
    assertThat(activities()).extracting(ScalingActivity::status).containsExactly(Status.SUCCESSFUL);
    assertThat(scansOfActivities).isZero();
  }

  @Test
  void minuteIsStoredTwoSecondsAfterItsEnd() {
    create("orders");
    track("orders");
    Scaler scaler = scaler(engine.store(), engine.operations().updateTable());
    scaler.run();
    long minute = ConsumedUnits.minuteOf(engine.clock().millis());
    consume(consumed, 60);
    passTo(minute + 1, 1_000);
    scaler.run();
    assertThat(stored(minute)).isZero();
    passTo(minute + 1, 2_000);
    scaler.run();
    assertThat(stored(minute)).isEqualTo(60);
  }

  @Test
  void requestThatIsCountedLateIsAddedToItsMinute() {
    create("orders");
    track("orders");
    AtomicReference<Instant> counting = new AtomicReference<>(engine.clock().instant());
    ConsumedUnits late = new ConsumedUnits(Capacity.UNLIMITED, counting::get);
    Scaler scaler =
        new Scaler(
            engine.store(),
            engine.catalogue(),
            late,
            engine.operations().updateTable(),
            engine.clock(),
            UUID::randomUUID);
    scaler.run();
    long minute = ConsumedUnits.minuteOf(engine.clock().millis());
    consume(late, 60);
    passTo(minute + 1, 5_000);
    scaler.run();
    consume(late, 7);
    scaler.run();
    assertThat(stored(minute)).isEqualTo(67);
  }

  @Test
  void rowsOfTargetsThatAreGoneAreRemoved() {
    create("orders");
    track("orders");
    register("orders", 20);
    Scaler scaler = scaler(engine.store(), engine.operations().updateTable());
    scaler.run();
    consume(consumed, 60);
    pass(Duration.ofMinutes(2));
    scaler.run();
    assertThat(kinds()).containsOnly("targets", "activities", "consumed");
    deregister("orders");
    pass(Duration.ofHours(2));
    scaler.run();
    assertThat(kinds()).containsOnly("activities");
    pass(ScalingStore.ACTIVITIES_KEPT);
    scaler.run();
    assertThat(kinds()).isEmpty();
  }

  private static void consume(ConsumedUnits counter, double units) {
    Load load =
        new Load(
            TestEngine.arn("orders"), Traffic.WRITE, Optional.empty(), Optional.empty(), units);
    counter.settle(TestEngine.CALLER, Map.of(), List.of(load));
  }

  private void passTo(long minute, long millis) {
    Instant to = Instant.ofEpochMilli(minute * ConsumedUnits.MINUTE_MILLIS + millis);
    pass(Duration.between(engine.clock().instant(), to));
  }

  private double stored(long minute) {
    TargetKey target =
        new TargetKey(
            TestEngine.CALLER.owner(),
            ScalableResource.parse("table/orders").orElseThrow(),
            ScalableDimension.TABLE_WRITE);
    return new ScalingStore(engine.store()).consumed(target, minute, minute + 1)[0];
  }

  /** Returns the kinds of all rows of auto scaling. */
  private List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    try (Cursor cursor =
        engine.store().scan(Range.OfSlice.all(ScalingRows.SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        kinds.add(ScalingRows.kind(row.get().key()).orElseThrow());
        row = cursor.next();
      }
    }
    return kinds;
  }

  private void track(String table) {
    register(table, 10);
    var _ =
        scaling
            .putScalingPolicy()
            .handle(
                TestEngine.CALLER,
                new PutScalingPolicy.Request(
                    "tracking",
                    new TargetName(
                        "dynamodb", "table/" + table, "dynamodb:table:WriteCapacityUnits"),
                    "TargetTrackingScaling",
                    new PutScalingPolicy.Tracking(
                        50.0, "DynamoDBWriteCapacityUtilization", 0, 0, null)));
  }

  private void deregister(String table) {
    var _ =
        scaling
            .deregisterScalableTarget()
            .handle(
                TestEngine.CALLER,
                new DeregisterScalableTarget.Request(
                    new TargetName(
                        "dynamodb", "table/" + table, "dynamodb:table:WriteCapacityUnits")));
  }

  private void create(String table) {
    engine.create(table, "id", ScalarType.S, new ThroughputUnits(5, 10));
    pass(TRANSITION);
  }

  private void pass(Duration time) {
    engine.clock().advance(time);
    engine.catalogue().maintain();
  }

  private void register(String table, long min) {
    var _ =
        scaling
            .registerScalableTarget()
            .handle(
                TestEngine.CALLER,
                new RegisterScalableTarget.Request(
                    new TargetName(
                        "dynamodb", "table/" + table, "dynamodb:table:WriteCapacityUnits"),
                    min,
                    100L,
                    null,
                    null,
                    null));
  }

  private List<ScalingActivity> activities() {
    return scaling
        .describeScalingActivities()
        .handle(
            TestEngine.CALLER,
            new DescribeScalingActivities.Request("dynamodb", null, null, new Paging(50, null)))
        .activities();
  }

  private Scaler scaler(
      Store store, OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable) {
    return new Scaler(
        store, engine.catalogue(), consumed, updateTable, engine.clock(), UUID::randomUUID);
  }

  /** Returns the same store, which counts how often activities are read. */
  private Store counting(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("scan")
                  && arguments[0] instanceof Range.OfPartition range
                  && isOfActivities(range)) {
                scansOfActivities++;
              }
              return invoke(store, method, arguments);
            });
  }

  private static boolean isOfActivities(Range.OfPartition range) {
    return ScalingRows.kind(new RowKey(range.space(), range.partition(), range.from()))
        .filter("activities"::equals)
        .isPresent();
  }

  private static Object invoke(Store store, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
