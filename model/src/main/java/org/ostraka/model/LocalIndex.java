package org.ostraka.model;

/** An index with its table's partition key. Immutable. */
public record LocalIndex(IndexName name, IndexKey key, IndexProjection projection)
    implements Index {
  /** Returns true: a local index is created and deleted with its table. */
  @Override
  public boolean serves() {
    return true;
  }
}
