package org.ostraka.engine.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;

/**
 * Counts how much falls on which key, in bounded memory: a frequent-items sketch of the present
 * window of time, and that of the window before. One thread at a time.
 *
 * <p>A key with more than 1.4 % of all is not missed, and a count is wrong by that much at most:
 * "Frequent Items Sketches" of Apache DataSketches, with 256 entries. That also holds of the sum of
 * several sketches, between which the counts of a key are split in any way.
 *
 * @param <K> the type of keys
 */
public final class KeySketch<K> {
  /** A power of two. */
  private static final int ENTRIES = 256;

  private final long windowNanos;
  private FrequentItemsSketch<K> present = new FrequentItemsSketch<>(ENTRIES);
  private FrequentItemsSketch<K> before = new FrequentItemsSketch<>(ENTRIES);
  private long ends;

  /** Begins to count; {@code now} is in nanoseconds from any origin. */
  public KeySketch(long windowNanos, long now) {
    this.windowNanos = windowNanos;
    this.ends = now + windowNanos;
  }

  /** What fell on a key. Immutable. */
  public record Count<K>(K key, long count) {}

  /**
   * What fell on keys. Immutable.
   *
   * @param byKey the counts of the keys that are known
   * @param total the sum of all counts, also those of other keys
   */
  record Counts<K>(Map<K, Long> byKey, long total) {
    Counts {
      byKey = Map.copyOf(byKey);
    }

    Counts<K> plus(Counts<K> other) {
      Map<K, Long> sums = new HashMap<>(byKey);
      other.byKey.forEach((key, count) -> sums.merge(key, count, Long::sum));
      return new Counts<>(sums, total + other.total);
    }

    /** Returns the keys with the greatest counts. */
    List<Count<K>> top(int limit) {
      List<Count<K>> all = new ArrayList<>();
      byKey.forEach((key, count) -> all.add(new Count<>(key, count)));
      all.sort(Comparator.comparingLong((Count<K> each) -> each.count()).reversed());
      return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }
  }

  /** Adds to a key's count. */
  public void add(K key, long count, long now) {
    turn(now);
    present.update(key, count);
  }

  /** Returns the keys with the greatest counts in this window and the one before. */
  public List<Count<K>> top(int limit, long now) {
    return counts(now).top(limit);
  }

  /** Returns what fell on keys in this window and the one before. */
  Counts<K> counts(long now) {
    turn(now);
    return counts(present).plus(counts(before));
  }

  private static <K> Counts<K> counts(FrequentItemsSketch<K> sketch) {
    Map<K, Long> counts = new HashMap<>();
    if (!sketch.isEmpty()) {
      for (FrequentItemsSketch.Row<K> row : sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
        counts.put(row.getItem(), row.getEstimate());
      }
    }
    return new Counts<>(counts, sketch.getStreamLength());
  }

  /** Begins a new window when the present one is over. Windows of equal length stay in step. */
  private void turn(long now) {
    long late = now - ends;
    if (late < 0) {
      return;
    }
    before = late >= windowNanos ? new FrequentItemsSketch<>(ENTRIES) : present;
    present = new FrequentItemsSketch<>(ENTRIES);
    ends += windowNanos * (1 + late / windowNanos);
  }
}
