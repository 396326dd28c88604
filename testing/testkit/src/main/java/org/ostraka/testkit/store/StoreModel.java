package org.ostraka.testkit.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * What a store holds, in the plainest form: one sorted map, and a list for each log. One thread.
 */
final class StoreModel {
  private final NavigableMap<RowKey, Bytes> rows =
      new TreeMap<>(
          Comparator.<RowKey>comparingLong(key -> key.space().id())
              .thenComparing(AwkwardKeys.ORDER));
  private final Map<LogId, List<Bytes>> logs = new HashMap<>();

  void write(Write write) {
    switch (write) {
      case Write.Put(RowKey key, Bytes value) -> rows.put(key, value);
      case Write.Delete(RowKey key) -> rows.remove(key);
      case Write.Derive(_, RowKey key, Optional<Bytes> value) ->
          value.ifPresentOrElse(present -> rows.put(key, present), () -> rows.remove(key));
      case Write.Append(LogId log, Bytes record) ->
          logs.computeIfAbsent(log, _ -> new ArrayList<>()).add(record);
    }
  }

  void drop(Space space) {
    rows.keySet().removeIf(key -> key.space().equals(space));
    logs.remove(new LogId(space));
  }

  Optional<Bytes> read(RowKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** The records of a log, of which the first has position 1. */
  List<Bytes> records(LogId log) {
    return logs.getOrDefault(log, List.of());
  }

  List<Row> rows(Range range) {
    List<Row> found =
        rows.entrySet().stream()
            .filter(row -> isWithin(row.getKey(), range))
            .map(row -> new Row(row.getKey(), row.getValue()))
            .toList();
    return range.direction() == Direction.FORWARD ? found : found.reversed();
  }

  private static boolean isWithin(RowKey key, Range range) {
    return key.space().equals(range.space())
        && switch (range) {
          case Range.OfPartition part ->
              key.partition().equals(part.partition())
                  && key.sort().compareTo(part.from()) >= 0
                  && part.to().map(to -> key.sort().compareTo(to) < 0).orElse(true);
          case Range.OfHashes slice -> isWithin(key, slice);
        };
  }

  private static boolean isWithin(RowKey key, Range.OfHashes slice) {
    long hash = PartitionHash.of(key.partition());
    int forward = slice.direction() == Direction.FORWARD ? 1 : -1;
    return Long.compareUnsigned(hash, slice.firstHash()) >= 0
        && Long.compareUnsigned(hash, slice.lastHash()) <= 0
        && slice
            .after()
            .map(after -> AwkwardKeys.ORDER.compare(key, after) * forward > 0)
            .orElse(true);
  }
}
