package org.ostraka.model;

/** An index's name, which has the form of a {@link TableName}. Immutable. */
public record IndexName(String value) implements Comparable<IndexName> {
  public IndexName {
    if (!TableName.isLegal(value)) {
      throw new IllegalArgumentException("not an index name");
    }
  }

  @Override
  public int compareTo(IndexName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
