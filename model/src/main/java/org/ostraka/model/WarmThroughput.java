package org.ostraka.model;

/** What a table serves at once without growing first, in units a second. Immutable. */
public record WarmThroughput(long readUnits, long writeUnits) {
  /**
   * What a new on-demand table serves: "Initial throughput for on-demand" in the Developer Guide.
   */
  public static final WarmThroughput ON_DEMAND = new WarmThroughput(12_000, 4_000);

  /** The greater of both, for reads and for writes. */
  public WarmThroughput atLeast(WarmThroughput other) {
    return new WarmThroughput(
        Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
  }
}
