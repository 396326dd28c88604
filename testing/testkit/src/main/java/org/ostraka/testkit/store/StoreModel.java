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
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/** A store in its simplest form: a sorted map, and a list for each log. One thread. */
final class StoreModel {
  private final ScanOrder order;
  private final NavigableMap<RowKey, Bytes> rows;
  private final Map<LogId, List<Bytes>> logs = new HashMap<>();

  /** A model of a store that scans in this order. */
  StoreModel(ScanOrder order) {
    this.order = order;
    this.rows =
        new TreeMap<>(
            Comparator.<RowKey>comparingLong(key -> key.space().id()).thenComparing(order));
  }

  void write(Write write) {
    switch (write) {
      case Write.Put(RowKey key, Bytes value) -> rows.put(key, value);
      case Write.Delete(RowKey key) -> rows.remove(key);
      case Write.Derive(_, RowKey key, Optional<Bytes> value) ->
          value.ifPresentOrElse(present -> rows.put(key, present), () -> rows.remove(key));
      case Write.Append(LogId log, Bytes record) ->
          logs.computeIfAbsent(log, _ -> new ArrayList<>()).add(record);
      case Write.Replicated(_, Write change) -> write(change);
    }
  }

  /** Removes the first records of a log. */
  void trim(LogId log, int records) {
    logs.computeIfPresent(log, (_, all) -> new ArrayList<>(all.subList(records, all.size())));
  }

  void drop(Space space) {
    rows.keySet().removeIf(key -> key.space().equals(space));
    logs.remove(new LogId(space));
  }

  Optional<Bytes> read(RowKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** Returns the records of a log, of which the first has position 1. */
  List<Bytes> records(LogId log) {
    return logs.getOrDefault(log, List.of());
  }

  List<StoreClient.Entry> entries(Range range) {
    List<StoreClient.Entry> found =
        rows.entrySet().stream()
            .filter(row -> isWithin(row.getKey(), range))
            .map(row -> new StoreClient.Entry(row.getKey(), row.getValue()))
            .toList();
    return range.direction() == Direction.FORWARD ? found : found.reversed();
  }

  private boolean isWithin(RowKey key, Range range) {
    return key.space().equals(range.space())
        && switch (range) {
          case Range.OfPartition part ->
              key.partition().equals(part.partition())
                  && key.sort().compareTo(part.from()) >= 0
                  && part.to().map(to -> key.sort().compareTo(to) < 0).orElse(true);
          case Range.OfSlice slice -> isWithin(key, slice);
        };
  }

  private boolean isWithin(RowKey key, Range.OfSlice range) {
    int forward = range.direction() == Direction.FORWARD ? 1 : -1;
    return order.sliceOf(key, range.slice().total()) == range.slice().index()
        && range.after().map(after -> order.compare(key, after) * forward > 0).orElse(true);
  }
}
