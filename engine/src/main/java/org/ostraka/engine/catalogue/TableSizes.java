package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Space;

/**
 * The sizes of a table and each of its indexes: the stored size, which all servers of a store have
 * counted, plus what this server has counted since. Any thread.
 */
final class TableSizes {
  private final SizeCount items = new SizeCount();
  private final Map<Space, SizeCount> indexes = new ConcurrentHashMap<>();
  private volatile TableSize stored;

  TableSizes(TableSize stored) {
    this.stored = stored;
  }

  /** Counts a change of the table's items. */
  void add(long moreItems, long moreBytes) {
    items.add(moreItems, moreBytes);
  }

  /** Counts a change of an index's entries; does nothing when the table no longer has the index. */
  void addToIndex(@Nullable Space index, long moreEntries, long moreBytes) {
    if (index != null) {
      indexes.computeIfAbsent(index, _ -> new SizeCount()).add(moreEntries, moreBytes);
    }
  }

  /** Drops the counts of indexes that this record does not have. */
  void keepIndexesOf(TableRecord record) {
    indexes.keySet().retainAll(record.indexes().values());
  }

  /** Replaces the stored size. */
  void load(TableSize next) {
    stored = next;
  }

  /** Returns what this server has counted and not yet stored. */
  SizeIncrement increment() {
    Map<Space, TableSize> ofIndexes = new HashMap<>();
    indexes.forEach((space, count) -> {
      if (!count.size().equals(TableSize.EMPTY)) {
        ofIndexes.put(space, count.size());
      }
    });
    return new SizeIncrement(items.size(), ofIndexes);
  }

  /** Subtracts an increment that was stored, and replaces the stored size. */
  void saved(SizeIncrement increment, TableSize next) {
    items.add(-increment.items().itemCount(), -increment.items().sizeBytes());
    increment
        .indexes()
        .forEach((space, size) -> {
          SizeCount count = indexes.get(space);
          if (count != null) {
            count.add(-size.itemCount(), -size.sizeBytes());
          }
        });
    stored = next;
  }

  /**
   * Returns the sizes of the table and of the indexes of a record. An increment belongs to an
   * index's space, so a new index with the name of an earlier one starts empty.
   */
  TableSize of(TableRecord record) {
    return increment().addedTo(stored, record);
  }
}
