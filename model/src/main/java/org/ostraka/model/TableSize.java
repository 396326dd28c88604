package org.ostraka.model;

import java.util.Map;

/**
 * The approximate size of a table and of its indexes: the service updates these figures every six
 * hours. Immutable.
 *
 * @param indexes the size of each index; an absent index is empty
 */
public record TableSize(long itemCount, long sizeBytes, Map<IndexName, TableSize> indexes) {
  /** An empty table. */
  public static final TableSize EMPTY = new TableSize(0, 0);

  public TableSize {
    indexes = Map.copyOf(indexes);
  }

  /** Makes the size of a table without indexes, or of an index. */
  public TableSize(long itemCount, long sizeBytes) {
    this(itemCount, sizeBytes, Map.of());
  }

  /** Returns the size with 0 in place of a negative count of items or bytes. */
  public TableSize atLeastEmpty() {
    return new TableSize(Math.max(0, itemCount), Math.max(0, sizeBytes), indexes);
  }

  /** Returns the size with items and bytes added. */
  public TableSize plus(long items, long bytes) {
    return new TableSize(itemCount + items, sizeBytes + bytes, indexes);
  }

  /** Returns the size of an index; empty if the index is absent. */
  public TableSize ofIndex(IndexName name) {
    return indexes.getOrDefault(name, EMPTY);
  }
}
