package org.ostraka.engine.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** Reads the rows of a store that nobody else uses, and gathers changes of them. One thread. */
final class RepairWriter {
  private static final int BATCH_ROWS = 256;

  private final Store store;
  private final Map<RowKey, Write> writes = new LinkedHashMap<>();
  private final SortedMap<Space, Long> unreadable = new TreeMap<>();

  RepairWriter(Store store) {
    this.store = store;
  }

  /** Something to do with a row. */
  @FunctionalInterface
  interface RowUse {
    void row(Row row);
  }

  /** Calls {@code use} for each row of a space that can be read. */
  void eachRow(Space space, RowUse use) {
    long failed = 0;
    try (Cursor cursor = store.scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      boolean more = true;
      while (more) {
        try {
          Optional<Row> row = cursor.next();
          row.ifPresent(use::row);
          more = row.isPresent();
        } catch (CorruptDataException _) {
          // The cursor continues with the next row.
          failed++;
        }
      }
    }
    if (failed > 0) {
      unreadable.merge(space, failed, Math::max);
    }
    finish();
  }

  /** Returns how many rows could not be read, by their spaces; they stay as they are. */
  SortedMap<Space, Long> unreadable() {
    return Collections.unmodifiableSortedMap(unreadable);
  }

  /** Returns the value of a row as it will be when all changes are written. */
  Optional<Bytes> value(RowKey key) {
    return switch (writes.get(key)) {
      case Write.Put(RowKey _, Bytes value) -> Optional.of(value);
      case Write.Delete _ -> Optional.empty();
      case null, default -> store.read(key, Consistency.STRONG).map(Row::value);
    };
  }

  /** Returns whether a partition has a row. */
  boolean hasRows(Space space, Bytes partition) {
    Range range = Range.OfPartition.all(space, partition, Direction.FORWARD);
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      return cursor.next().isPresent();
    }
  }

  void put(RowKey key, Bytes value) {
    change(key, new Write.Put(key, value));
  }

  void put(Write.Put write) {
    change(write.key(), write);
  }

  void delete(RowKey key) {
    change(key, new Write.Delete(key));
  }

  /** Writes what was gathered. */
  void finish() {
    if (!writes.isEmpty()) {
      List<Write> batch = new ArrayList<>(writes.values());
      store.transact(List.copyOf(writes.keySet()), _ -> new Verdict<>(true, batch));
      writes.clear();
    }
  }

  private void change(RowKey key, Write write) {
    writes.put(key, write);
    if (writes.size() >= BATCH_ROWS) {
      finish();
    }
  }
}
