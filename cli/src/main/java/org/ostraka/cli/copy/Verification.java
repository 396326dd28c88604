package org.ostraka.cli.copy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * Compares all items of two tables. Each side is scanned into checksums of buckets of keys; the
 * keys of buckets that differ are found by a second scan, and their items read again until they are
 * equal: a table that is written to has changes that are on their way. One thread.
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
  /** The most keys that are compared one by one. */
  private static final int KEYS_MAX = 100_000;

  /**
   * What a comparison found.
   *
   * @param moving keys that the source changed each time they were read, so nothing is known
   * @param isComplete whether there are no more differences than these
   */
  record Result(
      long sourceItems,
      long targetItems,
      List<Difference> differences,
      List<JsonValue> moving,
      boolean isComplete) {}

  /** A key that is seen at one side or at both, and the digests of its items. */
  private record Seen(JsonValue key, Optional<Digest> atSource, Optional<Digest> atTarget) {

    /** Returns what both say together; null, which a map takes for nothing, when they are equal. */
    static @Nullable Seen joined(Seen one, Seen other) {
      Seen both =
          new Seen(one.key, one.atSource.or(other::atSource), one.atTarget.or(other::atTarget));
      return both.atSource.equals(both.atTarget) ? null : both;
    }
  }

  /** Keys that may differ, and whether there are no others. */
  private record Suspects(List<JsonValue> keys, boolean areAll) {}

  /** Returns what differs; {@code items} is about how many items there are. */
  Result run(long items) {
    progress.begin(2 * items);
    int buckets = Checksums.bucketsFor(items);
    Checksums left = new Checksums(buckets);
    Checksums right = new Checksums(buckets);
    scan(
        (item, key, digest) -> left.add(key, digest),
        (item, key, digest) -> right.add(key, digest));
    BitSet differing = left.differing(right);
    Suspects suspects =
        differing.isEmpty() ? new Suspects(List.of(), true) : suspects(differing, buckets);
    Recheck recheck = Recheck.of(source, target, suspects.keys(), rereads, pause);
    return new Result(
        left.items(), right.items(), recheck.differences(), recheck.moving(), suspects.areAll());
  }

  /** What is done with each item of a scan. */
  private interface Sink {
    void take(JsonValue item, Digest key, Digest digest);
  }

  private void scan(Sink atSource, Sink atTarget) {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      int segment = i;
      tasks.add(() -> scan(source, segment, atSource));
      tasks.add(() -> scan(target, segment, atTarget));
    }
    workers.runAll(tasks);
  }

  private void scan(Table table, int segment, Sink sink) {
    Optional<JsonValue> from = Optional.of(CopyState.BEGINNING);
    while (from.isPresent()) {
      Table.Page page = table.page(segment, segments, from.get());
      for (JsonValue item : page.items()) {
        sink.take(item, ItemDigest.of(table.key(item)), ItemDigest.of(item));
      }
      progress.compared(page.items().size());
      from = page.next();
    }
  }

  /** Returns the keys in these buckets whose items are not equal, and perhaps others. */
  private Suspects suspects(BitSet differing, int buckets) {
    Map<Digest, Seen> seen = new ConcurrentHashMap<>();
    AtomicBoolean isFull = new AtomicBoolean();
    BiConsumer<Digest, Seen> note =
        (key, now) -> {
          if (!differing.get(Checksums.bucket(key, buckets))) {
            return;
          }
          if (seen.size() >= KEYS_MAX) {
            isFull.set(true);
            return;
          }
          var _ = seen.merge(key, now, Seen::joined);
        };
    scan(
        (item, key, digest) ->
            note.accept(key, new Seen(source.key(item), Optional.of(digest), Optional.empty())),
        (item, key, digest) ->
            note.accept(key, new Seen(target.key(item), Optional.empty(), Optional.of(digest))));
    return new Suspects(seen.values().stream().map(Seen::key).toList(), !isFull.get());
  }
}
