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
 * window of time, and that of the window before. Any thread.
 *
 * <p>A key with more than 1.4 % of all is not missed, and a count is wrong by that much at most:
 * "Frequent Items Sketches" of Apache DataSketches, with 256 entries.
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

  /** Adds to a key's count. */
  public synchronized void add(K key, long count, long now) {
    turn(now);
    present.update(key, count);
  }

  /** Returns the keys with the greatest counts in this window and the one before. */
  public synchronized List<Count<K>> top(int limit, long now) {
    turn(now);
    Map<K, Long> counts = new HashMap<>();
    for (FrequentItemsSketch<K> each : List.of(present, before)) {
      if (!each.isEmpty()) {
        for (FrequentItemsSketch.Row<K> row : each.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
          counts.merge(row.getItem(), row.getEstimate(), Long::sum);
        }
      }
    }
    List<Count<K>> all = new ArrayList<>();
    counts.forEach((key, count) -> all.add(new Count<>(key, count)));
    all.sort(Comparator.comparingLong((Count<K> each) -> each.count()).reversed());
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /** Returns the sum of all counts in this window and the one before. */
  public synchronized long total(long now) {
    turn(now);
    return present.getStreamLength() + before.getStreamLength();
  }

  /** Begins a new window when the present one is over. */
  private void turn(long now) {
    if (now - ends < 0) {
      return;
    }
    boolean longAgo = now - ends >= windowNanos;
    before = longAgo ? new FrequentItemsSketch<>(ENTRIES) : present;
    present = new FrequentItemsSketch<>(ENTRIES);
    ends = now + windowNanos;
  }
}
