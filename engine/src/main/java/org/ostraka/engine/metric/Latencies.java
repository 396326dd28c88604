package org.ostraka.engine.metric;

/**
 * How long requests took, in buckets whose limits grow by a quarter of a power of two, so that a
 * percentile is wrong by a fifth at most. Any thread.
 */
public final class Latencies {
  /** The number of buckets: from 16 microseconds to more than a minute. */
  public static final int BUCKETS = 92;

  private static final int FIRST_POWER = 14;
  private static final int PARTS = 4;

  private final Tally milliseconds = new Tally(BUCKETS);

  /** The totals and the buckets of the same requests. Immutable; the buckets are the caller's. */
  public record Observed(Tally.Totals totals, long[] counts) {}

  void add(long nanos) {
    milliseconds.add(nanos / 1e6, bucket(nanos));
  }

  /** Returns totals in milliseconds and buckets since the beginning. */
  public Observed observed() {
    long[] counts = new long[BUCKETS];
    return new Observed(milliseconds.totalsAnd(counts), counts);
  }

  /** Returns the count, the sum and the extremes in milliseconds. */
  public Tally milliseconds() {
    return milliseconds;
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
