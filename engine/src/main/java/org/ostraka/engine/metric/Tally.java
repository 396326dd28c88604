package org.ostraka.engine.metric;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** The number, the sum and the extremes of observed values. Any thread. */
public final class Tally {
  private final LongAdder count = new LongAdder();
  private final DoubleAdder sum = new DoubleAdder();
  private final AtomicLong min = new AtomicLong(Double.doubleToLongBits(Double.MAX_VALUE));
  private final AtomicLong max = new AtomicLong(Double.doubleToLongBits(0));

  /** The least and the greatest of some values; both 0 without any. Immutable. */
  public record Extremes(double min, double max) {}

  /** Adds a value, which is not negative. */
  void add(double value) {
    count.increment();
    sum.add(value);
    // The bits of doubles that are not negative have the order of their values.
    long bits = Double.doubleToLongBits(value);
    if (bits < min.get()) {
      min.accumulateAndGet(bits, Math::min);
    }
    if (bits > max.get()) {
      max.accumulateAndGet(bits, Math::max);
    }
  }

  /** Returns the number of values since the beginning. */
  public long count() {
    return count.sum();
  }

  /** Returns the sum of all values since the beginning. */
  public double sum() {
    return sum.sum();
  }

  /** Returns the extremes of the values since the last call. For one reader. */
  public Extremes takeExtremes() {
    double least =
        Double.longBitsToDouble(min.getAndSet(Double.doubleToLongBits(Double.MAX_VALUE)));
    double greatest = Double.longBitsToDouble(max.getAndSet(Double.doubleToLongBits(0)));
    return new Extremes(Math.min(least, greatest), greatest);
  }
}
