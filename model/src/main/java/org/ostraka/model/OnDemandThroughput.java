package org.ostraka.model;

import java.util.OptionalLong;

/**
 * The most that an on-demand table may consume, in request units a second; absent for no maximum.
 * Immutable.
 */
public record OnDemandThroughput(OptionalLong maxReadUnits, OptionalLong maxWriteUnits) {
  /** No maximum. */
  public static final OnDemandThroughput UNLIMITED =
      new OnDemandThroughput(OptionalLong.empty(), OptionalLong.empty());
}
