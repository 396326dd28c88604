package org.ostraka.engine.cloudwatch;

import java.util.Set;

/** The periods that statistics may have. Stateless. */
final class Periods {
  /** The periods of metrics of high resolution, in seconds. */
  private static final Set<Integer> SHORT = Set.of(1, 5, 10, 20, 30);

  static final int MINUTE = 60;

  private Periods() {}

  static boolean isLegal(int period) {
    return SHORT.contains(period) || (period > 0 && period % MINUTE == 0);
  }

  /** Returns the minute that a second is in. */
  static long roundedDown(long second) {
    return Math.floorDiv(second, MINUTE) * MINUTE;
  }
}
