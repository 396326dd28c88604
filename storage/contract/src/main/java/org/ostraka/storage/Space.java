package org.ostraka.storage;

/**
 * A number that sets one collection of rows apart: a table's items, one index, one log, or the
 * catalogue. Immutable.
 */
public record Space(long id) implements Comparable<Space> {
  public Space {
    if (id < 0) {
      throw new IllegalArgumentException("a space's id is not negative");
    }
  }

  @Override
  public int compareTo(Space other) {
    return Long.compare(id, other.id);
  }
}
