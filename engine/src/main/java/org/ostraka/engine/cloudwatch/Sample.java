package org.ostraka.engine.cloudwatch;

/**
 * The values of a metric in a period, as CloudWatch keeps them: a statistic set. Immutable.
 *
 * @param buckets the distribution of the values, where it is known
 */
record Sample(double count, double sum, double min, double max, Buckets buckets) {
  /** The memory of a sample and of its place among others. */
  private static final long BYTES = 160;

  /** Makes a sample of values without a known distribution. */
  static Sample of(double count, double sum, double min, double max) {
    return new Sample(count, sum, min, max, Buckets.NONE);
  }

  Sample plus(Sample other) {
    return new Sample(
        count + other.count,
        sum + other.sum,
        Math.min(min, other.min),
        Math.max(max, other.max),
        buckets.plus(other.buckets));
  }

  /** Returns about how many bytes it takes. */
  long bytes() {
    return BYTES + buckets.bytes();
  }
}
