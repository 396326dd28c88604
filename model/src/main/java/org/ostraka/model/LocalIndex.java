package org.ostraka.model;

/** An index that divides a table as the table's partition key does. Immutable. */
public record LocalIndex(IndexName name, IndexKey key, IndexProjection projection)
    implements Index {
  /** A local index lives and ends with its table. */
  @Override
  public boolean serves() {
    return true;
  }
}
