package org.ostraka.engine.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The number, the sum and the extremes of observed values, and how many of them fell into which
 * bucket. Any thread.
 *
 * <p>Each request adds to several tallies, on any processor, and what another processor has changed
 * has to be fetched from it. So a value changes one {@link Cell}, whose fields lie together, and
 * not five counters. A thread that finds a cell in use takes the next one; it waits only while all
 * are in use.
 */
public final class Tally {
  /** More cells than that are not made: so many threads are rarely in one tally at once. */
  private static final int MAX_CELLS = 8;

  private final int buckets;
  private final Cell first;

  /** The cells after the first one, made when a thread needs them. */
  private final List<Cell> others = new CopyOnWriteArrayList<>();

  /** Makes a tally without buckets. */
  public Tally() {
    this(0);
  }

  /** Makes a tally with so many buckets. */
  Tally(int buckets) {
    this.buckets = buckets;
    this.first = new Cell(buckets);
  }

  /** The least and the greatest of some values; both 0 without any. Immutable. */
  public record Extremes(double min, double max) {}

  /** The number and the sum of the same values. Immutable. */
  public record Totals(long count, double sum) {}

  /** A part of the values. The thread that has set {@link #busy} reads and changes it. */
  private static final class Cell {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final long[] counts;
    private long count;
    private double sum;
    private double min = Double.MAX_VALUE;
    private double max;

    Cell(int buckets) {
      this.counts = new long[buckets];
    }

    /** Adds a value, unless another thread is in the cell. */
    boolean tryAdd(double value, int bucket) {
      if (!busy.compareAndSet(false, true)) {
        return false;
      }
      count++;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      if (counts.length > 0) {
        counts[bucket]++;
      }
      busy.setRelease(false);
      return true;
    }

    /** Enters the cell as soon as no other thread is in it; none stays for long. */
    void use(Consumer<Cell> work) {
      while (!busy.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
      try {
        work.accept(this);
      } finally {
        busy.setRelease(false);
      }
    }
  }

  /** Adds a value, which is not negative, to a tally without buckets. */
  void add(double value) {
    add(value, 0);
  }

  /** Adds a value, which is not negative. */
  void add(double value, int bucket) {
    if (!first.tryAdd(value, bucket)) {
      addElsewhere(value, bucket);
    }
  }

  private void addElsewhere(double value, int bucket) {
    while (others.stream().noneMatch(cell -> cell.tryAdd(value, bucket))
        && !first.tryAdd(value, bucket)) {
      synchronized (others) {
        if (others.size() < MAX_CELLS - 1) {
          others.add(new Cell(buckets));
        }
      }
      Thread.onSpinWait();
    }
  }

  private void each(Consumer<Cell> work) {
    first.use(work);
    others.forEach(cell -> cell.use(work));
  }

  /** Returns the number of values since the beginning. */
  public long count() {
    return totals().count();
  }

  /** Returns the sum of all values since the beginning. */
  public double sum() {
    return totals().sum();
  }

  /** Returns the number and the sum of the values since the beginning. */
  public Totals totals() {
    return totalsAnd(new long[buckets]);
  }

  /** Returns the number and the sum, and adds to each bucket's count that of the same values. */
  Totals totalsAnd(long[] counts) {
    List<Totals> parts = new ArrayList<>();
    each(cell -> {
      parts.add(new Totals(cell.count, cell.sum));
      for (int i = 0; i < buckets; i++) {
        counts[i] += cell.counts[i];
      }
    });
    return new Totals(
        parts.stream().mapToLong(Totals::count).sum(),
        parts.stream().mapToDouble(Totals::sum).sum());
  }

  /** Returns the extremes of the values since the last call. */
  public Extremes takeExtremes() {
    List<Extremes> parts = new ArrayList<>();
    each(cell -> {
      parts.add(new Extremes(cell.min, cell.max));
      cell.min = Double.MAX_VALUE;
      cell.max = 0;
    });
    double least = parts.stream().mapToDouble(Extremes::min).min().orElse(0);
    double greatest = parts.stream().mapToDouble(Extremes::max).max().orElse(0);
    return new Extremes(Math.min(least, greatest), greatest);
  }
}
