package org.ostraka.model;

/**
 * The throughput that a table serves immediately, without growing first, in units a second.
 * Immutable.
 */
public record WarmThroughput(long readUnits, long writeUnits) {
  /**
   * The warm throughput of a new on-demand table: "Initial throughput for on-demand" in the
   * Developer Guide.
   */
  public static final WarmThroughput ON_DEMAND = new WarmThroughput(12_000, 4_000);

  /** Returns the greater of both, for reads and for writes. */
  public WarmThroughput atLeast(WarmThroughput other) {
    return new WarmThroughput(
        Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
  }
}
