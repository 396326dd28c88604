package org.ostraka.engine;

import java.time.Duration;

/**
 * What an operator may choose about the engine. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero to {@link
 *     #MAX_TABLE_TRANSITION}
 * @param transactionConflictRate the part of transactions that are cancelled as if they met another
 *     one, 0 to 1
 */
public record EngineSettings(Duration tableTransition, double transactionConflictRate) {
  /** Longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** Tables change at once, and transactions do not conflict. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO, 0);

  public EngineSettings {
    if (tableTransition.isNegative() || tableTransition.compareTo(MAX_TABLE_TRANSITION) > 0) {
      throw new IllegalArgumentException("a table's transition takes no time to a day");
    }
    // Not a number is in no range.
    if (!(transactionConflictRate >= 0 && transactionConflictRate <= 1)) {
      throw new IllegalArgumentException("a rate of conflicts is 0 to 1");
    }
  }
}
