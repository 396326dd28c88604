package org.ostraka.model;

/**
 * The throughput that a table serves immediately, without growing first, in units a second.
 * Immutable.
 *
 * @param isUpdating whether it is being raised
 */
public record WarmThroughput(long readUnits, long writeUnits, boolean isUpdating) {
  /**
   * The warm throughput of a new on-demand table: "Initial throughput for on-demand" in the
   * Developer Guide.
   */
  public static final WarmThroughput ON_DEMAND = new WarmThroughput(12_000, 4_000);

  /** Makes a warm throughput that is not being raised. */
  public WarmThroughput(long readUnits, long writeUnits) {
    this(readUnits, writeUnits, false);
  }

  /** Returns the same throughput while it is being raised. */
  public WarmThroughput whileUpdating() {
    return new WarmThroughput(readUnits, writeUnits, true);
  }

  /** Returns the same throughput once it has been raised. */
  public WarmThroughput afterUpdate() {
    return new WarmThroughput(readUnits, writeUnits, false);
  }

  /** Returns the greater of both, for reads and for writes. */
  public WarmThroughput atLeast(WarmThroughput other) {
    return new WarmThroughput(
        Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
  }
}
