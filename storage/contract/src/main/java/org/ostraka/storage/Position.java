package org.ostraka.storage;

/**
 * A place in a log, assigned at commit. Positions strictly increase in the order in which readers
 * may see records. They are opaque: there may be gaps, and none is ever used again. Immutable.
 *
 * @param value to be stored and compared, not to be counted with
 */
public record Position(long value) implements Comparable<Position> {
  /** Before the first record. */
  public static final Position START = new Position(0);

  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("a position is not negative");
    }
  }

  /** Returns a place after which reading begins with the record at this position, if it is kept. */
  public Position before() {
    return new Position(Math.max(START.value, value - 1));
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }
}
