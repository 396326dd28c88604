package org.ostraka.engine.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Bytes;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.ThrottlingReason.Subject;
import org.ostraka.model.Traffic;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.ThrottledException;

/**
 * Bursts, hot partitions and growth. The figures are those of "Burst and adaptive capacity" and
 * "DynamoDB on-demand capacity mode" in the Developer Guide.
 */
final class ResourceThrottleTest {
  private static final long SECOND = 1_000_000_000L;

  private final ResourceThrottle onDemand = throttle(BillingMode.PAY_PER_REQUEST, 0);
  private long now;

  @Test
  void unusedCapacityOfFiveMinutesIsKept() {
    ResourceThrottle table = throttle(BillingMode.PROVISIONED, 10);
    now = 3_600 * SECOND;
    assertThat(admitted(table, 5_000, _ -> "spread")).isEqualTo(1_000);
    now += SECOND;
    // The partition has a second's worth again, the burst has room for 300 seconds of 10.
    assertThat(admitted(table, 5_000, _ -> "spread")).isEqualTo(1_000);
    now += SECOND;
    assertThat(admitted(table, 5_000, _ -> "spread")).isEqualTo(1_000);
    now += SECOND;
    assertThat(admitted(table, 5_000, _ -> "spread")).isEqualTo(30);
    assertThat(table.refusal(Traffic.WRITE, hash("spread"), now)).contains(Limit.PROVISIONED);
  }

  @Test
  void aNewOnDemandTableServesFourThousandWritesASecond() {
    assertThat(onDemand.partitions()).isEqualTo(4);
    assertThat(admitted(onDemand, 100_000, i -> "key" + i)).isBetween(4_000, 4_010);
  }

  @Test
  void anOnDemandTableServesTwiceItsPreviousPeakHalfAnHourLater() {
    run(10 * 60, 3_000, i -> "key" + i);
    assertThat(onDemand.partitions()).isEqualTo(4);
    run(30 * 60, 10, i -> "key" + i);
    assertThat(onDemand.partitions()).isEqualTo(6);
    assertThat(admitted(onDemand, 100_000, i -> "key" + i)).isBetween(5_990, 6_020);
  }

  @Test
  void oneHotKeyIsThrottledAndItsPartitionNotSplit() {
    int refused = run(20 * 60, 1_500, i -> "hot");
    assertThat(refused).isGreaterThan(20 * 60 * 490);
    assertThat(onDemand.refusal(Traffic.WRITE, hash("hot"), now - 1)).contains(Limit.KEY_RANGE);
    assertThat(onDemand.partitions()).isEqualTo(4);
  }

  /** Write sharding with a suffix is the cure that "Best practices" in the same guide names. */
  @Test
  void suffixesOfTheHotKeyRemoveTheThrottling() {
    assertThat(run(20 * 60, 1_500, i -> "hot#" + i % 20)).isZero();
  }

  @Test
  void aHotPartitionOfSeveralKeysIsSplit() {
    Partition hot = new Partition(0, -1, 0);
    for (int minute = 0; minute < 2; minute++) {
      for (int i = 0; i < 60_000; i++) {
        hot.take(Traffic.WRITE, hash("key" + i % 100).getAsLong(), 1, 0);
      }
      OptionalLong middle = hot.endMinute();
      assertThat(middle.isPresent()).isEqualTo(minute == 1);
      if (middle.isPresent()) {
        int below = 0;
        for (int i = 0; i < 100; i++) {
          if (Long.compareUnsigned(hash("key" + i).getAsLong(), middle.getAsLong()) < 0) {
            below++;
          }
        }
        assertThat(below).isBetween(47, 53);
      }
    }
  }

  /** 40,000 units a second for a table: "Quotas in Amazon DynamoDB". */
  @Test
  void theQuotaOfTheAccountHasItsOwnError() {
    onDemand.take(Traffic.READ, OptionalLong.empty(), 40_000, now);
    assertThat(onDemand.refusal(Traffic.READ, hash("1"), now)).contains(Limit.ACCOUNT);
    ThrottledException error =
        Refusals.of(
            new ThrottlingReason(Subject.TABLE, Traffic.READ, Limit.ACCOUNT, "table"), false);
    assertThat(error.wireName()).isEqualTo("RequestLimitExceeded");
    assertThat(error.text()).startsWith("Throughput exceeds the current throughput limit for your");
    assertThat(error.reasons())
        .extracting(ThrottlingReason::word)
        .containsExactly("TableReadAccountLimitExceeded");
  }

  @Test
  void aPartitionHoldsTenGigabytes() {
    long[] bytes = {0};
    ResourceThrottle table =
        new ResourceThrottle(limits(BillingMode.PROVISIONED, 1), () -> bytes[0], 0);
    assertThat(table.partitions()).isEqualTo(1);
    bytes[0] = 31L << 30;
    table.take(Traffic.WRITE, hash("1"), 1, 61 * SECOND);
    assertThat(table.partitions()).isEqualTo(4);
  }

  @Test
  void loweredCapacityCountsAtOnce() {
    ResourceThrottle table = throttle(BillingMode.PROVISIONED, 900);
    assertThat(admitted(table, 2_000, _ -> "1")).isBetween(900, 901);
    table.become(limits(BillingMode.PROVISIONED, 2), now);
    now += 10 * SECOND;
    assertThat(admitted(table, 2_000, _ -> "1")).isEqualTo(20);
  }

  /** Returns how many of these writes of one unit are refused in so many seconds. */
  private int run(int seconds, int perSecond, IntFunction<String> key) {
    int refused = 0;
    for (int second = 0; second < seconds; second++) {
      for (int i = 0; i < perSecond; i++) {
        now += SECOND / perSecond;
        Optional<Limit> refusal = onDemand.refusal(Traffic.WRITE, hash(key.apply(i)), now);
        if (refusal.isEmpty()) {
          onDemand.take(Traffic.WRITE, hash(key.apply(i)), 1, now);
        } else {
          refused++;
        }
      }
    }
    return refused;
  }

  /** Returns how many of these writes of one unit are admitted at once. */
  private int admitted(ResourceThrottle table, int writes, IntFunction<String> key) {
    int admitted = 0;
    for (int i = 0; i < writes; i++) {
      OptionalLong hash = hash(key.apply(i));
      if (table.refusal(Traffic.WRITE, hash, now).isEmpty()) {
        table.take(Traffic.WRITE, hash, 1, now);
        admitted++;
      }
    }
    return admitted;
  }

  private static OptionalLong hash(String key) {
    return KeyHash.of(Optional.of(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8))));
  }

  private static ResourceThrottle throttle(BillingMode billing, long writeUnits) {
    return new ResourceThrottle(limits(billing, writeUnits), () -> 0, 0);
  }

  private static Limits limits(BillingMode billing, long writeUnits) {
    return new Limits(
        billing,
        ProvisionedThroughput.of(1, writeUnits),
        OnDemandThroughput.UNLIMITED,
        billing == BillingMode.PAY_PER_REQUEST
            ? WarmThroughput.ON_DEMAND
            : new WarmThroughput(0, 0));
  }
}
