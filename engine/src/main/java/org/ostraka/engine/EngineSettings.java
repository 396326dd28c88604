package org.ostraka.engine;

import java.time.Duration;

/**
 * What an operator may choose about the engine. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero to {@link
 *     #MAX_TABLE_TRANSITION}
 */
public record EngineSettings(Duration tableTransition) {
  /** Longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** Tables change at once. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO);

  public EngineSettings {
    if (tableTransition.isNegative() || tableTransition.compareTo(MAX_TABLE_TRANSITION) > 0) {
      throw new IllegalArgumentException("a table's transition takes no time to a day");
    }
  }
}
