package org.ostraka.storage;

/** A place in a log, assigned at commit: 1 for the first record, and no gaps. Immutable. */
public record Position(long value) implements Comparable<Position> {
  /** Before the first record. */
  public static final Position START = new Position(0);

  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("a position is not negative");
    }
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }
}
