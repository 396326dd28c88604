package org.ostraka.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.model.ScalarType;
import org.ostraka.model.Traffic;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.scaling.DescribeScalingActivities;
import org.ostraka.model.scaling.Paging;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.PutScheduledAction;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScheduledAction;
import org.ostraka.model.scaling.TargetName;

/** Hours of traffic and of scaling, with a clock that the test moves. */
final class ScalerTest {
  private static final String TABLE = "table/orders";
  private static final String WRITES = "dynamodb:table:WriteCapacityUnits";

  private final TestEngine engine = new TestEngine();
  private final ConsumedUnits consumed = new ConsumedUnits(Capacity.UNLIMITED, engine.clock());
  private final Engine operations =
      engine.operations(EnginePorts.standard(engine.clock()).withCapacity(consumed));
  private final AutoScaling scaling = operations.autoScaling();
  private final Scaler scaler = scaler();

  private Scaler scaler() {
    return new Scaler(
        engine.store(),
        engine.catalogue(),
        consumed,
        operations.updateTable(),
        engine.clock(),
        UUID::randomUUID);
  }

  @BeforeEach
  void create() {
    engine.create("orders", "id", ScalarType.S, new ThroughputUnits(5, 10));
    register(10, 100);
  }

  @AfterEach
  void close() {
    engine.close();
    assertThat(engine.check().isClean()).isTrue();
  }

  @Test
  void twoMinutesAboveTheTargetScaleOutToIt() {
    track(50, 0, 0, null);
    minute(6);
    assertThat(units()).isEqualTo(10);
    minute(40);
    assertThat(units()).as("one minute above is not enough").isEqualTo(80);
  }

  @Test
  void oneMinuteAboveTheTargetIsBurst() {
    track(50, 0, 0, null);
    for (int i = 0; i < 30; i++) {
      minute(i % 2 == 0 ? 40 : 4);
    }
    assertThat(units()).isEqualTo(10);
  }

  @Test
  void fifteenMinutesFarBelowTheTargetScaleIn() {
    track(50, 0, 0, null);
    repeat(2, 40);
    assertThat(units()).isEqualTo(80);
    repeat(14, 20);
    assertThat(units()).isEqualTo(80);
    repeat(1, 20);
    assertThat(units()).isEqualTo(40);
  }

  @Test
  void trafficNearTheTargetChangesNothing() {
    track(50, 0, 0, null);
    repeat(2, 40);
    repeat(60, 25);
    assertThat(units()).as("31 % is within 20 points of the target").isEqualTo(80);
  }

  @Test
  void idleTableIsNotScaledIn() {
    track(50, 0, 0, null);
    repeat(2, 40);
    repeat(60, 0);
    assertThat(units()).isEqualTo(80);
  }

  @Test
  void boundsAreKept() {
    track(50, 0, 0, null);
    repeat(2, 1_000);
    assertThat(units()).isEqualTo(100);
    repeat(15, 1);
    assertThat(units()).isEqualTo(10);
  }

  @Test
  void cooldownDelaysTheNextScaleOutAndNotTheScaleIn() {
    track(50, 600, 0, null);
    repeat(2, 10);
    assertThat(units()).isEqualTo(20);
    repeat(8, 40);
    assertThat(units()).isEqualTo(20);
    repeat(3, 40);
    assertThat(units()).isEqualTo(80);
    repeat(15, 5);
    assertThat(units()).isEqualTo(10);
  }

  @Test
  void policyWithoutScaleInOnlyGrows() {
    track(50, 0, 0, true);
    repeat(2, 40);
    repeat(60, 5);
    assertThat(units()).isEqualTo(80);
  }

  @Test
  void suspendedScalingWaits() {
    track(50, 0, 0, null);
    suspend(false, true, false);
    repeat(5, 40);
    assertThat(units()).isEqualTo(10);
    suspend(false, false, false);
    repeat(1, 40);
    assertThat(units()).isEqualTo(80);
  }

  @Test
  void decreasesAreLimitedAsTheServiceLimitsThem() {
    track(50, 0, 0, null);
    for (int i = 0; i < 5; i++) {
      repeat(2, 40);
      repeat(16, 5);
    }
    List<ScalingActivity> activities = activities();
    assertThat(activities).filteredOn(ScalerTest::isDecrease).hasSize(5);
    ScalingActivity failed = activities.getFirst();
    assertThat(failed.status()).isEqualTo(ScalingActivity.Status.FAILED);
    assertThat(failed.message().orElseThrow())
        .startsWith(
            "Failed to set write capacity units to 10. Reason: Subscriber limit exceeded:"
                + " Provisioned throughput decreases are limited within a given UTC day.");
    assertThat(units()).isEqualTo(80);
    repeat(60, 5);
    assertThat(units()).as("the next one is allowed an hour later").isEqualTo(10);
    assertThat(activities()).as("a failure is told once").hasSize(activities.size() + 1);
  }

  private static boolean isDecrease(ScalingActivity activity) {
    return activity.description().endsWith("to 10.");
  }

  @Test
  void activitiesHaveTheWordsOfTheService() {
    track(50, 0, 0, null);
    repeat(2, 40);
    ScalingActivity activity = activities().getFirst();
    assertThat(activity.description()).isEqualTo("Setting write capacity units to 80.");
    assertThat(activity.cause())
        .matches(
            "monitor alarm TargetTracking-table/orders-AlarmHigh-[0-9a-f-]{36} in state ALARM"
                + " triggered policy tracking");
    assertThat(activity.message())
        .contains(
            "Successfully set write capacity units to 80. Change successfully fulfilled by"
                + " dynamodb.");
  }

  @Test
  void newBoundsMoveTheUnitsAtOnce() {
    register(20, 30);
    engine.clock().advance(Duration.ofSeconds(5));
    scaler.run();
    assertThat(units()).isEqualTo(20);
    assertThat(activities().getFirst().cause()).isEqualTo("minimum capacity was set to 20");
    register(1, 15);
    engine.clock().advance(Duration.ofSeconds(5));
    scaler.run();
    assertThat(units()).isEqualTo(15);
    assertThat(activities().getFirst().cause()).isEqualTo("maximum capacity was set to 15");
  }

  @Test
  void boundThatIsRefusedIsTriedAgain() {
    for (int i = 0; i < 4; i++) {
      settle(50, 100);
      settle(1, 10);
    }
    settle(50, 100);
    settle(1, 20);
    assertThat(activities().getFirst().status()).isEqualTo(ScalingActivity.Status.FAILED);
    assertThat(units()).as("the day's decreases are used up").isEqualTo(50);
    int told = activities().size();
    hours(1);
    assertThat(units()).as("the next one is allowed an hour later").isEqualTo(20);
    assertThat(activities()).as("a failure is told once").hasSize(told + 1);
  }

  @Test
  void scheduledActionsSetTheBoundsOfTheirTimes() {
    schedule("morning", "cron(0 8 * * ? *)", 50L, null);
    schedule("evening", "cron(0 20 * * ? *)", 10L, 20L);
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    engine.clock().advance(Duration.between(engine.clock().instant(), midnight));
    scaler.run();
    assertThat(units()).as("the evening of the day before").isEqualTo(10);
    hours(9);
    assertThat(units()).isEqualTo(50);
    hours(12);
    assertThat(units()).isEqualTo(20);
    assertThat(activities().stream().map(ScalingActivity::cause).limit(2))
        .containsExactly(
            "maximum capacity was set to 20", "scheduled action name evening was triggered");
    suspend(false, false, true);
    hours(24);
    assertThat(units()).isEqualTo(20);
  }

  @Test
  void scheduleWithoutAnyDateIsRefused() {
    assertThatThrownBy(() -> schedule("never", "cron(0 0 31 2 ? *)", 50L, null))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Invalid schedule expression: cron(0 0 31 2 ? *)");
  }

  @Test
  void nextTimeOfAnActionIsSearchedOnce() {
    ScalingStore store = new ScalingStore(engine.store());
    schedule("morning", "cron(0 8 * * ? *)", 50L, null);
    ScheduledAction action = store.all().getFirst().actions().getFirst();
    DueActions due =
        new DueActions(
            store,
            new ScaledUnits(store, engine.catalogue(), operations.updateTable(), UUID::randomUUID));
    Optional<Instant> next = due.next(action);
    assertThat(next).contains(Instant.parse("2026-03-02T08:00:00Z"));
    assertThat(due.next(store.all().getFirst().actions().getFirst())).isSameAs(next);
    assertThat(due.next(action.seenAt(next.orElseThrow())))
        .contains(Instant.parse("2026-03-03T08:00:00Z"));
  }

  @Test
  void anotherServerGoesOnAndCountsWhatTheFirstServed() {
    track(50, 0, 0, null);
    minute(40);
    Scaler other = scaler();
    consumeFor(40);
    other.run();
    assertThat(units()).isEqualTo(80);
  }

  @Test
  void dayOfTrafficKeepsTheUtilizationNearTheTarget() {
    track(70, 0, 0, null);
    register(1, 1_000);
    double provisioned = 0;
    double used = 0;
    double lost = 0;
    for (int i = 0; i < 24 * 60; i++) {
      double rate = 200 + 150 * Math.sin(2 * Math.PI * i / (24 * 60));
      long before = units();
      minute(rate);
      provisioned += before;
      used += Math.min(rate, (double) before);
      lost += Math.max(0, rate - before);
    }
    assertThat(used / provisioned).isBetween(0.55, 0.75);
    assertThat(lost / used).isLessThan(0.02);
  }

  private void settle(long min, long max) {
    register(min, max);
    engine.clock().advance(Duration.ofSeconds(5));
    scaler.run();
  }

  private void hours(int count) {
    for (int i = 0; i < count * 60; i++) {
      engine.clock().advance(Duration.ofMinutes(1));
      scaler.run();
    }
  }

  private void repeat(int minutes, double unitsPerSecond) {
    LongStream.range(0, minutes).forEach(_ -> minute(unitsPerSecond));
  }

  /** Lets a minute pass in which writes consume so many units a second. */
  private void minute(double unitsPerSecond) {
    consumeFor(unitsPerSecond);
    scaler.run();
  }

  private void consumeFor(double unitsPerSecond) {
    scaler.run();
    if (unitsPerSecond > 0) {
      Load load =
          new Load(
              TestEngine.arn("orders"),
              Traffic.WRITE,
              Optional.empty(),
              Optional.empty(),
              unitsPerSecond * 60);
      consumed.settle(TestEngine.CALLER, Map.of(), List.of(load));
    }
    Instant now = engine.clock().instant();
    long next = (now.getEpochSecond() / 60 + 1) * 60;
    engine.clock().advance(Duration.between(now, Instant.ofEpochSecond(next).plusMillis(20_000)));
  }

  private long units() {
    return engine.describe("orders").throughput().writeUnits();
  }

  private void register(long min, long max) {
    var _ =
        scaling
            .registerScalableTarget()
            .handle(
                TestEngine.CALLER,
                new RegisterScalableTarget.Request(
                    new TargetName("dynamodb", TABLE, WRITES), min, max, null, null, null));
  }

  private void suspend(boolean in, boolean out, boolean scheduled) {
    var _ =
        scaling
            .registerScalableTarget()
            .handle(
                TestEngine.CALLER,
                new RegisterScalableTarget.Request(
                    new TargetName("dynamodb", TABLE, WRITES),
                    null,
                    null,
                    null,
                    new RegisterScalableTarget.Suspension(in, out, scheduled),
                    null));
  }

  private void track(double percent, int out, int in, @Nullable Boolean disableScaleIn) {
    var _ =
        scaling
            .putScalingPolicy()
            .handle(
                TestEngine.CALLER,
                new PutScalingPolicy.Request(
                    "tracking",
                    new TargetName("dynamodb", TABLE, WRITES),
                    "TargetTrackingScaling",
                    new PutScalingPolicy.Tracking(
                        percent, "DynamoDBWriteCapacityUtilization", out, in, disableScaleIn)));
  }

  private void schedule(String name, String when, @Nullable Long min, @Nullable Long max) {
    var _ =
        scaling
            .putScheduledAction()
            .handle(
                TestEngine.CALLER,
                new PutScheduledAction.Request(
                    name,
                    new TargetName("dynamodb", TABLE, WRITES),
                    when,
                    null,
                    null,
                    null,
                    new PutScheduledAction.Bounds(min, max)));
  }

  private List<ScalingActivity> activities() {
    return scaling
        .describeScalingActivities()
        .handle(
            TestEngine.CALLER,
            new DescribeScalingActivities.Request("dynamodb", null, null, new Paging(50, null)))
        .activities();
  }
}
