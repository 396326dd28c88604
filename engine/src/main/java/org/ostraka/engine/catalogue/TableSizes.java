package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Space;

/**
 * Counts how much a table and each of its indexes hold: what is stored, which all servers of a
 * store have counted, and what this server has counted since. Any thread.
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

  /** Counts a change of an index's entries, unless the table does not have the index any more. */
  void addToIndex(@Nullable Space index, long moreEntries, long moreBytes) {
    if (index != null) {
      indexes.computeIfAbsent(index, _ -> new SizeCount()).add(moreEntries, moreBytes);
    }
  }

  /** Counts the indexes of this record from now on, and no others. */
  void keepIndexesOf(TableRecord record) {
    indexes.keySet().retainAll(record.indexes().values());
  }

  /** Replaces what is stored. */
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

  /** Notes that an increment was stored, and what the stored size is since. */
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
   * Returns what is counted for the table and for the indexes of a record. Increments are told
   * apart by the index's space: a new index that has the name of an earlier one is empty.
   */
  TableSize of(TableRecord record) {
    return increment().addedTo(stored, record);
  }
}
