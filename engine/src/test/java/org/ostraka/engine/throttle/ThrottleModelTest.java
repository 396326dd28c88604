package org.ostraka.engine.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.ostraka.model.BillingMode;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;
import org.ostraka.model.WarmThroughput;

/**
 * A day of traffic, for which the clock is moved, on a table with ten partitions: throttled writes
 * and splits are those of {@link NaiveThrottle}, within one in a hundred.
 *
 * <p>The traffic follows the hours, with spikes that use up the burst. In some hours a tenth of the
 * keys has four tenths of it, which a split cures; in another a single key has a third of it, which
 * nothing cures.
 */
final class ThrottleModelTest {
  private static final int UNITS = 10_000;
  private static final int UNITS_OF_WRITE = 200;
  private static final int SECONDS = 24 * 3_600;
  private static final long SEED = Long.getLong("ostraka.seed", new Random().nextLong());

  @Test
  void aDayOfTrafficIsThrottledAsTheModelSays() {
    RandomGenerator random = new Random(SEED);
    ResourceThrottle table =
        new ResourceThrottle(
            new Limits(
                BillingMode.PROVISIONED,
                ProvisionedThroughput.of(1, UNITS),
                OnDemandThroughput.UNLIMITED,
                new WarmThroughput(0, 0)),
            () -> 100L << 30,
            0);
    // 10,000 write units and one read unit want a part of an eleventh partition.
    NaiveThrottle model = new NaiveThrottle(UNITS, 11);
    assertThat(table.partitions()).isEqualTo(11);
    Map<Limit, Integer> refused = new HashMap<>();
    int refusedByModel = 0;
    int sent = 0;
    for (int second = 0; second < SECONDS; second++) {
      int writes = writes(second, random);
      for (int i = 0; i < writes; i++) {
        double now = second + (double) i / writes;
        long nanos = Math.round(now * 1e9);
        double hash = hash(second, random);
        Optional<Limit> refusal = table.refusal(Traffic.WRITE, key(hash), nanos);
        refusal.ifPresent(limit -> refused.merge(limit, 1, Integer::sum));
        if (refusal.isEmpty()) {
          table.take(Traffic.WRITE, key(hash), UNITS_OF_WRITE, nanos);
        }
        if (!model.write(hash, UNITS_OF_WRITE, now)) {
          refusedByModel++;
        }
        sent++;
      }
    }
    int all = refused.values().stream().mapToInt(it -> it).sum();
    String run = "seed " + SEED + ": " + sent + " writes, refused " + refused + ", model ";
    assertThat(all).as(run + refusedByModel).isCloseTo(refusedByModel, within(sent / 100));
    assertThat((double) all / refusedByModel).as(run + refusedByModel).isCloseTo(1, within(0.01));
    assertThat(refused).as(run).containsKeys(Limit.PROVISIONED, Limit.KEY_RANGE);
    assertThat(table.partitions())
        .as(run)
        .isGreaterThan(11)
        .isCloseTo(model.partitions(), within(1));
  }

  /** Returns the writes of a second: by the hour, with a spike of ten minutes every three hours. */
  private static int writes(int second, RandomGenerator random) {
    double hour = second / 3_600.0;
    double units = UNITS * (0.55 + 0.3 * Math.sin(hour * Math.PI / 12));
    if (second % 10_800 < 600) {
      units *= 2.2;
    }
    return (int) (units / UNITS_OF_WRITE + random.nextDouble());
  }

  private static double hash(int second, RandomGenerator random) {
    int hour = second / 3_600;
    if (hour == 15 && random.nextInt(3) == 0) {
      return 0.123;
    }
    if ((hour == 8 || hour == 9) && random.nextInt(10) < 4) {
      return 0.3 + random.nextInt(4_000) / 40_000.0;
    }
    return random.nextInt(100_000) / 100_000.0;
  }

  /** Returns the hash of a key as an unsigned number of 64 bits. */
  private static OptionalLong key(double fraction) {
    return OptionalLong.of((long) (fraction * (1L << 53)) << 11);
  }
}
