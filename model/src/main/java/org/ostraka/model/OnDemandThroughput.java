package org.ostraka.model;

import java.util.OptionalLong;

/**
 * The maximum consumption of an on-demand table, in request units a second; absent for no maximum.
 * Immutable.
 */
public record OnDemandThroughput(OptionalLong maxReadUnits, OptionalLong maxWriteUnits) {
  /** The throughput without a maximum. */
  public static final OnDemandThroughput UNLIMITED =
      new OnDemandThroughput(OptionalLong.empty(), OptionalLong.empty());
}
