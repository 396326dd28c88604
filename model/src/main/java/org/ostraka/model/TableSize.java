package org.ostraka.model;

/**
 * How much a table holds, roughly: the service brings these figures up to date every six hours.
 * Immutable.
 */
public record TableSize(long itemCount, long sizeBytes) {
  /** An empty table. */
  public static final TableSize EMPTY = new TableSize(0, 0);
}
