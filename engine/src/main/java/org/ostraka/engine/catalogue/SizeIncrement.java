package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Space;

/**
 * The changes of the sizes of a table and its indexes. Immutable.
 *
 * @param items the change of the table's items
 * @param indexes the change of each index that changed, by its space
 */
record SizeIncrement(TableSize items, Map<Space, TableSize> indexes) {
  SizeIncrement {
    indexes = Map.copyOf(indexes);
  }

  boolean isNone() {
    return items.equals(TableSize.EMPTY) && indexes.isEmpty();
  }

  /** Returns a size after this change, for the table and the indexes that a record has. */
  TableSize addedTo(TableSize size, TableRecord record) {
    Map<IndexName, TableSize> grown = new HashMap<>(size.indexes());
    grown.keySet().retainAll(record.indexes().keySet());
    record
        .indexes()
        .forEach((name, space) -> {
          TableSize more = indexes.get(space);
          if (more != null) {
            grown.put(name, size.ofIndex(name).plus(more.itemCount(), more.sizeBytes()));
          }
        });
    return new TableSize(
        size.itemCount() + items.itemCount(), size.sizeBytes() + items.sizeBytes(), grown);
  }
}
