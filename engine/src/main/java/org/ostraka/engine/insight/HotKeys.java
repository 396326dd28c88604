package org.ostraka.engine.insight;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;

/**
 * The keys of a table or an index that are accessed and throttled most, of the last five to ten
 * minutes. Any thread.
 *
 * <p>An access counts by its capacity units, throttling by its events. A key is that of a
 * partition, and where a request names an item, that of the item, too.
 */
public final class HotKeys {
  private static final long WINDOW_NANOS = 300_000_000_000L;

  /** Half units are whole numbers. */
  private static final int PER_UNIT = 2;

  private final KeySketch<Bytes> accessedPartitions;
  private final KeySketch<ItemKeyBytes> accessedItems;
  private final KeySketch<Bytes> throttledPartitions;
  private final KeySketch<ItemKeyBytes> throttledItems;

  /** Begins to count; {@code now} is in nanoseconds from any origin. */
  public HotKeys(long now) {
    this.accessedPartitions = new KeySketch<>(WINDOW_NANOS, now);
    this.accessedItems = new KeySketch<>(WINDOW_NANOS, now);
    this.throttledPartitions = new KeySketch<>(WINDOW_NANOS, now);
    this.throttledItems = new KeySketch<>(WINDOW_NANOS, now);
  }

  /** The bytes of an item's key: those of its partition and of its place in it. Immutable. */
  public record ItemKeyBytes(Bytes partition, Bytes sort) {}

  /** The rules by which keys are ranked, by the words in the names of the service's rules. */
  public enum Rule {
    PKC,
    SKC,
    PKT,
    SKT
  }

  /**
   * A key and what fell on it. Immutable.
   *
   * @param sort absent for a partition
   * @param share the key's share of all, 0 to 1
   */
  public record Hot(Rule rule, Bytes partition, Optional<Bytes> sort, double count, double share) {}

  /** Counts an access. */
  public void accessed(Bytes partition, Optional<Bytes> sort, double units, long now) {
    long count = Math.round(units * PER_UNIT);
    if (count <= 0) {
      return;
    }
    accessedPartitions.add(partition, count, now);
    if (sort.isPresent()) {
      accessedItems.add(new ItemKeyBytes(partition, sort.get()), count, now);
    }
  }

  /** Counts a part of a request for which there was no capacity. */
  public void throttled(Bytes partition, Optional<Bytes> sort, long now) {
    throttledPartitions.add(partition, 1, now);
    if (sort.isPresent()) {
      throttledItems.add(new ItemKeyBytes(partition, sort.get()), 1, now);
    }
  }

  /** Returns the keys with the greatest counts of a rule. */
  public List<Hot> top(Rule rule, int limit, long now) {
    return switch (rule) {
      case PKC -> partitions(rule, accessedPartitions, PER_UNIT, limit, now);
      case SKC -> items(rule, accessedItems, PER_UNIT, limit, now);
      case PKT -> partitions(rule, throttledPartitions, 1, limit, now);
      case SKT -> items(rule, throttledItems, 1, limit, now);
    };
  }

  private static List<Hot> partitions(
      Rule rule, KeySketch<Bytes> sketch, int per, int limit, long now) {
    double total = Math.max(1, sketch.total(now));
    return sketch.top(limit, now).stream()
        .map(each ->
            new Hot(
                rule,
                each.key(),
                Optional.empty(),
                each.count() / (double) per,
                each.count() / total))
        .toList();
  }

  private static List<Hot> items(
      Rule rule, KeySketch<ItemKeyBytes> sketch, int per, int limit, long now) {
    double total = Math.max(1, sketch.total(now));
    return sketch.top(limit, now).stream()
        .map(each ->
            new Hot(
                rule,
                each.key().partition(),
                Optional.of(each.key().sort()),
                each.count() / (double) per,
                each.count() / total))
        .toList();
  }
}
