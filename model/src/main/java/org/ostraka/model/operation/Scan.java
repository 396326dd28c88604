package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** Reads all items of a table, or one of several segments of it. */
public final class Scan {
  private Scan() {}

  /**
   * The request. Immutable.
   *
   * @param segment the segment to read, counted from 0; absent when there is only one
   * @param totalSegments segments into which the table is divided for this scan
   */
  public record Request(
      String tableName,
      @Nullable Integer segment,
      @Nullable Integer totalSegments,
      PageRequest page) {}
}
