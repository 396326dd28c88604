package org.ostraka.engine.metric;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long requests took, in buckets whose limits grow by a quarter of a power of two, so that a
 * percentile is wrong by a fifth at most. Any thread.
 */
public final class Latencies {
  /** The number of buckets: from 16 microseconds to more than a minute. */
  public static final int BUCKETS = 92;

  private static final int FIRST_POWER = 14;
  private static final int PARTS = 4;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final Tally milliseconds = new Tally();

  /** The totals and the buckets of the same requests. Immutable; the buckets are the caller's. */
  public record Observed(Tally.Totals totals, long[] counts) {}

  void add(long nanos) {
    milliseconds.begin();
    try {
      counts.incrementAndGet(bucket(nanos));
      milliseconds.observe(nanos / 1e6);
    } finally {
      milliseconds.end();
    }
  }

  /**
   * Returns totals in milliseconds and buckets since the beginning. Empty when requests are being
   * added all the time: ask again later.
   */
  public Optional<Observed> observed() {
    return milliseconds.atRest(
        ended -> new Observed(new Tally.Totals(ended, milliseconds.sum()), counts()));
  }

  /** Returns the count, the sum and the extremes in milliseconds. */
  public Tally milliseconds() {
    return milliseconds;
  }

  /** Returns the number of requests in each bucket since the beginning. */
  public long[] counts() {
    long[] all = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      all[i] = counts.get(i);
    }
    return all;
  }

  /** Returns the upper limit of a bucket in milliseconds; the last one has none. */
  public static double limitMillis(int bucket) {
    if (bucket == BUCKETS - 1) {
      return Double.POSITIVE_INFINITY;
    }
    long power = 1L << (FIRST_POWER + bucket / PARTS);
    return power * (1 + (bucket % PARTS + 1) / (double) PARTS) / 1e6;
  }

  private static int bucket(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
    if (power < FIRST_POWER) {
      return 0;
    }
    int part = (int) ((nanos >>> (power - 2)) & (PARTS - 1));
    return Math.min(BUCKETS - 1, (power - FIRST_POWER) * PARTS + part);
  }
}
