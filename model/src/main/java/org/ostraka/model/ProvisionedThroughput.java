package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A table's provisioned capacity and its history. Immutable.
 *
 * @param readUnits read capacity units a second; 0 for a table that is charged by the request
 * @param writeUnits write capacity units a second; 0 for a table that is charged by the request
 * @param decreasesToday changes that lowered either since midnight UTC of the day of the last
 *     decrease
 */
public record ProvisionedThroughput(
    long readUnits,
    long writeUnits,
    int decreasesToday,
    Optional<Instant> lastIncrease,
    Optional<Instant> lastDecrease) {
  /** The throughput of a table that is charged by the request. */
  public static final ProvisionedThroughput NONE = of(0, 0);

  /** Makes a capacity that was never changed. */
  public static ProvisionedThroughput of(long readUnits, long writeUnits) {
    return new ProvisionedThroughput(readUnits, writeUnits, 0, Optional.empty(), Optional.empty());
  }
}
