package org.ostraka.engine.insight;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.insight.KeySketch.Count;
import org.ostraka.engine.insight.KeySketch.Counts;
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

  /** A power of two. More would take memory, and more processors share them well. */
  private static final int MOST_STRIPES = 8;

  private final StripedKeySketch accessed;
  private final StripedKeySketch throttled;

  /** Begins to count; {@code now} is in nanoseconds from any origin. */
  public HotKeys(long now) {
    this(stripes(Runtime.getRuntime().availableProcessors()), now);
  }

  HotKeys(int stripes, long now) {
    this.accessed = new StripedKeySketch(stripes, WINDOW_NANOS, now);
    this.throttled = new StripedKeySketch(stripes, WINDOW_NANOS, now);
  }

  /** Returns as many stripes as there are processors, up to a power of two. */
  private static int stripes(int processors) {
    int least = Math.min(processors, MOST_STRIPES);
    return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
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
    if (count > 0) {
      accessed.add(partition, sort, count, now);
    }
  }

  /** Counts a part of a request for which there was no capacity. */
  public void throttled(Bytes partition, Optional<Bytes> sort, long now) {
    throttled.add(partition, sort, 1, now);
  }

  /** Returns the keys with the greatest counts of a rule. */
  public List<Hot> top(Rule rule, int limit, long now) {
    return switch (rule) {
      case PKC -> partitions(rule, accessed.partitions(now), PER_UNIT, limit);
      case SKC -> items(rule, accessed.items(now), PER_UNIT, limit);
      case PKT -> partitions(rule, throttled.partitions(now), 1, limit);
      case SKT -> items(rule, throttled.items(now), 1, limit);
    };
  }

  private static List<Hot> partitions(Rule rule, Counts<Bytes> counts, int per, int limit) {
    return counts.top(limit).stream()
        .map(each -> hot(rule, each.key(), Optional.empty(), each, counts.total(), per))
        .toList();
  }

  private static List<Hot> items(Rule rule, Counts<ItemKeyBytes> counts, int per, int limit) {
    return counts.top(limit).stream()
        .map(each ->
            hot(
                rule,
                each.key().partition(),
                Optional.of(each.key().sort()),
                each,
                counts.total(),
                per))
        .toList();
  }

  private static Hot hot(
      Rule rule, Bytes partition, Optional<Bytes> sort, Count<?> counted, long total, int per) {
    return new Hot(
        rule,
        partition,
        sort,
        counted.count() / (double) per,
        counted.count() / (double) Math.max(1, total));
  }
}
