package org.ostraka.storage;

/**
 * How much of a range its reader expects to read. A hint: the store reads ahead no further, and
 * shows more when it is asked for more. Immutable.
 *
 * @param rows 1 or more
 * @param bytes of keys and values, 1 or more
 */
public record Wanted(int rows, long bytes) {
  /** All of the range, however much that is. */
  public static final Wanted ALL = new Wanted(Integer.MAX_VALUE, Long.MAX_VALUE);

  public Wanted {
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("a reader wants one row, and one byte, at least");
    }
  }
}
