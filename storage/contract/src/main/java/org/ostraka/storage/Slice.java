package org.ostraka.storage;

/**
 * One of several parts, about equal in size, of all partitions of a space. Immutable.
 *
 * <p>The slices of one total are disjoint and leave nothing out, and a partition is in the same
 * slice at every time.
 *
 * @param index 0 to {@code total - 1}
 * @param total 1 or more
 */
public record Slice(int index, int total) {
  /** All partitions. */
  public static final Slice WHOLE = new Slice(0, 1);

  public Slice {
    if (index < 0 || index >= total) {
      throw new IllegalArgumentException("a slice's index is 0 to the total, excluded");
    }
  }
}
