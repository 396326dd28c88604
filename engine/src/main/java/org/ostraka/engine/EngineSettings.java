package org.ostraka.engine;

import java.time.Duration;

/**
 * What an operator may choose about the engine. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero or more
 */
public record EngineSettings(Duration tableTransition) {
  /** Tables change at once. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO);

  public EngineSettings {
    if (tableTransition.isNegative()) {
      throw new IllegalArgumentException("a table's transition does not take less than no time");
    }
  }
}
