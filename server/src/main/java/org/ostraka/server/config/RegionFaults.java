package org.ostraka.server.config;

import java.time.Clock;
import java.time.Duration;

/**
 * Faults between regions that an operator turns on to test an application. Rates are 0 to 1, of all
 * messages to other regions. Immutable.
 *
 * @param maxDelay how long a message is on its way at most
 * @param lossRate how often a message or its answer is lost
 * @param duplicateRate how often a message arrives twice
 * @param reorderRate how often changes of different items arrive in another order
 * @param cutRate how often a region is cut off, for {@link #CUT}
 * @param clockSkew how far the clock of this process goes ahead
 */
public record RegionFaults(
    Duration maxDelay,
    double lossRate,
    double duplicateRate,
    double reorderRate,
    double cutRate,
    Duration clockSkew) {
  /** How long a region stays cut off. */
  public static final Duration CUT = Duration.ofSeconds(5);

  public static final RegionFaults NONE =
      new RegionFaults(Duration.ZERO, 0, 0, 0, 0, Duration.ZERO);

  public RegionFaults {
    for (double rate : new double[] {lossRate, duplicateRate, reorderRate, cutRate}) {
      // NaN is not in the range either.
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("a rate is 0 to 1");
      }
    }
    if (maxDelay.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative");
    }
  }

  /** Returns a clock that goes as wrong as this one shall. */
  public Clock clock(Clock right) {
    return Clock.offset(right, clockSkew);
  }

  /** Returns whether anything happens to messages. */
  public boolean concernMessages() {
    return !maxDelay.isZero() || lossRate + duplicateRate + reorderRate + cutRate > 0;
  }
}
