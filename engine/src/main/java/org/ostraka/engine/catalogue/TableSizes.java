package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Space;

/** Counts how much a table and each of its indexes hold. Any thread. */
final class TableSizes {
  private final SizeCount items;
  private final Map<Space, SizeCount> indexes = new ConcurrentHashMap<>();

  /** Starts from what is stored. */
  TableSizes(TableRecord record, TableSize stored) {
    items = new SizeCount(stored);
    record
        .indexes()
        .forEach((name, space) -> indexes.put(space, new SizeCount(stored.ofIndex(name))));
  }

  /** Counts a change of the table's items. */
  void add(long moreItems, long moreBytes) {
    items.add(moreItems, moreBytes);
  }

  /** Counts a change of an index's entries, unless the table does not have the index any more. */
  void addToIndex(@Nullable Space index, long moreEntries, long moreBytes) {
    SizeCount count = index == null ? null : indexes.get(index);
    if (count != null) {
      count.add(moreEntries, moreBytes);
    }
  }

  /** Counts the indexes of this record from now on, and no others. One thread at a time. */
  void keepIndexesOf(TableRecord record) {
    indexes.keySet().retainAll(record.indexes().values());
    record
        .indexes()
        .values()
        .forEach(space -> indexes.computeIfAbsent(space, _ -> new SizeCount(TableSize.EMPTY)));
  }

  /**
   * Returns what is counted for the table and for the indexes of a record. Indexes are told apart
   * by their space: a new index that has the name of an earlier one is empty.
   */
  TableSize of(TableRecord record) {
    Map<IndexName, TableSize> counted = new HashMap<>();
    record
        .indexes()
        .forEach((name, space) -> {
          SizeCount count = indexes.get(space);
          if (count != null && !count.size().equals(TableSize.EMPTY)) {
            counted.put(name, count.size());
          }
        });
    TableSize own = items.size();
    return new TableSize(own.itemCount(), own.sizeBytes(), counted);
  }
}
