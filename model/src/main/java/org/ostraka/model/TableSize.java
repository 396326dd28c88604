package org.ostraka.model;

import java.util.Map;

/**
 * How much a table and its indexes hold, roughly: the service brings these figures up to date every
 * six hours. Immutable.
 *
 * @param indexes the same of each index; what is not there is empty
 */
public record TableSize(long itemCount, long sizeBytes, Map<IndexName, TableSize> indexes) {
  /** An empty table. */
  public static final TableSize EMPTY = new TableSize(0, 0);

  public TableSize {
    indexes = Map.copyOf(indexes);
  }

  /** A table without indexes, or an index. */
  public TableSize(long itemCount, long sizeBytes) {
    this(itemCount, sizeBytes, Map.of());
  }

  /** The same, or nothing where counting has come to less than that. */
  public TableSize atLeastEmpty() {
    return new TableSize(Math.max(0, itemCount), Math.max(0, sizeBytes), indexes);
  }

  /** The same with some more items. */
  public TableSize plus(long items, long bytes) {
    return new TableSize(itemCount + items, sizeBytes + bytes, indexes);
  }

  /** How much an index holds. */
  public TableSize ofIndex(IndexName name) {
    return indexes.getOrDefault(name, EMPTY);
  }
}
