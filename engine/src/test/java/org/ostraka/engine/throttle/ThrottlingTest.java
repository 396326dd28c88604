package org.ostraka.engine.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.encoding.KeyDecoding;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.ScalarType;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.ThrottlingReason.Subject;
import org.ostraka.model.Traffic;
import org.ostraka.model.operation.NewTag;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.TagResource;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.WriteCondition;

/** What is only reported is carried out, counted once, and leaves no debt. */
final class ThrottlingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ThrottlingReason REASON =
      new ThrottlingReason(
          Subject.TABLE, Traffic.WRITE, Limit.PROVISIONED, TestEngine.arn("orders").toString());

  private final TestEngine engine = new TestEngine();
  private long now;
  private final Throttling throttling = new Throttling(CapacityMode.REPORT, () -> now);
  private final Engine operations =
      engine.operations(EnginePorts.standard(engine.clock()).withCapacity(throttling));

  @BeforeEach
  void create() {
    engine.create("orders", "id", ScalarType.S, new ThroughputUnits(1, 10));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whatIsOnlyReportedIsCountedOnceAndLeavesNoDebt() {
    for (int i = 0; i < 1_000; i++) {
      put(i);
    }
    assertThat(engine.items("orders")).hasSize(1_000);
    assertThat(counts()).isEqualTo(Map.of(REASON, 990L));
    assertThat(throttling.takeRefusals()).isEmpty();
    now += 2 * SECOND;
    for (int i = 0; i < 25; i++) {
      put(i);
    }
    assertThat(counts()).isEqualTo(Map.of(REASON, 5L));
  }

  /** Nine of ten writes go to one key, which is among a thousand others. */
  @Test
  void theKeyThatIsThrottledMostIsNamed() {
    for (int i = 0; i < 10_000; i++) {
      put(i % 10 == 0 ? i : 7);
    }
    Throttled throttled = throttling.takeRefusals().get(REASON);
    assertThat(throttled.count()).isEqualTo(9_990);
    KeySketch.Count<Bytes> hottest = throttled.hottest().orElseThrow();
    assertThat(KeyDecoding.values(hottest.key())).containsExactly(new AttributeValue.S("item7"));
    assertThat(hottest.count()).isBetween(8_800L, 9_200L);
  }

  /** The tokens are those of a table that was not used before. */
  @Test
  void whatIsNotLookedAtIsNeitherCountedNorTaken() {
    tag("off");
    for (int i = 0; i < 1_000; i++) {
      put(i);
    }
    assertThat(engine.items("orders")).hasSize(1_000);
    assertThat(counts()).isEmpty();
    tag("report");
    for (int i = 0; i < 25; i++) {
      put(i);
    }
    assertThat(counts()).isEqualTo(Map.of(REASON, 15L));
  }

  private void tag(String mode) {
    operations
        .tagResource()
        .handle(
            TestEngine.CALLER,
            new TagResource.Request(
                TestEngine.arn("orders").toString(), List.of(new NewTag(CapacityMode.TAG, mode))));
  }

  private Map<ThrottlingReason, Long> counts() {
    Map<ThrottlingReason, Long> counts = new HashMap<>();
    throttling.takeRefusals().forEach((reason, throttled) -> counts.put(reason, throttled.count()));
    return counts;
  }

  private void put(int number) {
    operations
        .putItem()
        .handle(
            TestEngine.CALLER,
            new PutItem.Request(
                "orders",
                TestEngine.item("item" + number),
                WriteCondition.NONE,
                ReturnValues.NONE,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE));
  }
}
