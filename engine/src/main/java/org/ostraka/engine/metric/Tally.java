package org.ostraka.engine.metric;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** The number, the sum and the extremes of observed values. Any thread. */
public final class Tally {
  /** How often a reader tries to find no value that is just being added. */
  private static final int TRIES = 1_000;

  private final LongAdder begun = new LongAdder();
  private final LongAdder count = new LongAdder();
  private final DoubleAdder sum = new DoubleAdder();
  private final AtomicLong min = new AtomicLong(Double.doubleToLongBits(Double.MAX_VALUE));
  private final AtomicLong max = new AtomicLong(Double.doubleToLongBits(0));

  /** The least and the greatest of some values; both 0 without any. Immutable. */
  public record Extremes(double min, double max) {}

  /** The number and the sum of the same values. Immutable. */
  public record Totals(long count, double sum) {}

  /** Adds a value, which is not negative. */
  void add(double value) {
    begin();
    try {
      observe(value);
    } finally {
      end();
    }
  }

  /** Begins to add a value: until {@link #end} no reader sees parts of it. */
  void begin() {
    begun.increment();
  }

  /** Ends to add a value. */
  void end() {
    count.increment();
  }

  /** Adds a value to the sum and the extremes, between {@link #begin} and {@link #end}. */
  void observe(double value) {
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

  /**
   * Returns the number and the sum of the values since the beginning. Empty when values are being
   * added all the time: ask again later.
   */
  public Optional<Totals> totals() {
    return atRest(ended -> new Totals(ended, sum.sum()));
  }

  /** Reads, with the number of values, what no value is being added to meanwhile. */
  <T> Optional<T> atRest(LongFunction<T> read) {
    for (int i = 0; i < TRIES; i++) {
      // Both numbers only grow. If as many had ended before as have begun after, none was under
      // way.
      long ended = count.sum();
      T found = read.apply(ended);
      if (begun.sum() == ended) {
        return Optional.of(found);
      }
      Thread.onSpinWait();
    }
    return Optional.empty();
  }

  /** Returns the extremes of the values since the last call. For one reader. */
  public Extremes takeExtremes() {
    double least =
        Double.longBitsToDouble(min.getAndSet(Double.doubleToLongBits(Double.MAX_VALUE)));
    double greatest = Double.longBitsToDouble(max.getAndSet(Double.doubleToLongBits(0)));
    return new Extremes(Math.min(least, greatest), greatest);
  }
}
