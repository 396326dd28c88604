package org.ostraka.cli.copy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * Compares all items of two tables. Each side is scanned into checksums of buckets of keys; the
 * keys of buckets that differ are found by a second scan, part by part, and their items read again
 * until they are equal: a table that is written to has changes that are on their way. A key may be
 * in both scans or, if it was written meanwhile, in one of them; it is counted once. One thread.
 *
 * @param rereads how often items that differ are read again
 */
record Verification(
    Table source,
    Table target,
    int segments,
    int rereads,
    Workers workers,
    Pause pause,
    Progress progress) {
  /** The most keys of a segment that are compared one by one at the same time. */
  private static final int KEYS_AT_ONCE = 5_000;

  /** The most keys that are remembered as counted; a key has less than 100 bytes. */
  static final int KEYS_REMEMBERED = 1 << 18;

  /**
   * What a comparison found.
   *
   * @param moving how many items the source changed each time they were read, so nothing is known
   */
  record Result(long sourceItems, long targetItems, long differences, long moving) {}

  /** Accepts differences as they are found, from any thread. */
  @FunctionalInterface
  interface Found {
    void accept(List<Difference> differences);
  }

  /** Compares; {@code items} is about how many items there are. */
  Result run(long items, Found found) {
    progress.begin(2 * items);
    int buckets = Checksums.bucketsFor(items);
    Checksums left = new Checksums(buckets);
    Checksums right = new Checksums(buckets);
    scan(() -> new Sum(source, left), () -> new Sum(target, right));
    Suspects suspects = new Suspects(left.differing(right), buckets, found);
    if (!suspects.differing.isEmpty()) {
      scan(() -> suspects.of(source, Side.SOURCE), () -> suspects.of(target, Side.TARGET));
    }
    return new Result(
        left.items(), right.items(), suspects.differences.sum(), suspects.moving.sum());
  }

  /** What is done with the items of one segment. One thread. */
  private interface Sink {
    void take(JsonValue item);

    /** Ends the segment. */
    default void end() {}
  }

  /** Adds items to checksums. */
  private record Sum(Table table, Checksums checksums) implements Sink {
    @Override
    public void take(JsonValue item) {
      checksums.add(ItemDigest.of(table.key(item)), ItemDigest.of(item));
    }
  }

  private void scan(Supplier<Sink> atSource, Supplier<Sink> atTarget) {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      int segment = i;
      tasks.add(() -> scan(source, segment, atSource.get()));
      tasks.add(() -> scan(target, segment, atTarget.get()));
    }
    workers.runAll(tasks);
  }

  private void scan(Table table, int segment, Sink sink) {
    Optional<JsonValue> from = Optional.of(CopyState.BEGINNING);
    while (from.isPresent()) {
      Table.Page page = table.page(segment, segments, from.get());
      page.items().forEach(sink::take);
      progress.compared(page.items().size());
      from = page.next();
    }
    sink.end();
  }

  /** The table in whose scan a key was found. */
  private enum Side {
    SOURCE,
    TARGET
  }

  /** Reads the items of keys in differing buckets again, at both sides. Any thread. */
  private final class Suspects {
    private final BitSet differing;
    private final int buckets;
    private final Found found;
    private final Set<Digest> counted = ConcurrentHashMap.newKeySet();
    private final LongAdder differences = new LongAdder();
    private final LongAdder moving = new LongAdder();

    Suspects(BitSet differing, int buckets, Found found) {
      this.differing = differing;
      this.buckets = buckets;
      this.found = found;
    }

    /** Returns what compares the suspects of a segment. */
    Sink of(Table table, Side side) {
      List<JsonValue> keys = new ArrayList<>();
      return new Sink() {
        @Override
        public void take(JsonValue item) {
          JsonValue key = table.key(item);
          if (differing.get(Checksums.bucket(ItemDigest.of(key), buckets))) {
            keys.add(key);
          }
          if (keys.size() >= KEYS_AT_ONCE) {
            end();
          }
        }

        @Override
        public void end() {
          compare(keys, side);
          keys.clear();
        }
      };
    }

    private void compare(List<JsonValue> keys, Side side) {
      Recheck recheck = Recheck.of(source, target, List.copyOf(keys), rereads, pause);
      List<Difference> some =
          recheck.differences().stream()
              .filter(each ->
                  isFirst(
                      each.key(),
                      side == Side.SOURCE || each.kind() == Difference.Kind.ONLY_AT_TARGET))
              .toList();
      differences.add(some.size());
      moving.add(
          recheck.moving().stream().filter(key -> isFirst(key, side == Side.SOURCE)).count());
      if (!some.isEmpty()) {
        found.accept(some);
      }
    }

    /**
     * Returns whether a key was not counted before.
     *
     * @param otherwise what is assumed when no more keys can be remembered: then keys of the
     *     source's scan count, and of the target's those that are not at the source
     */
    private boolean isFirst(JsonValue key, boolean otherwise) {
      Digest digest = ItemDigest.of(key);
      return counted.size() < KEYS_REMEMBERED
          ? counted.add(digest)
          : otherwise && !counted.contains(digest);
    }
  }
}
