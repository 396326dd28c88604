package org.ostraka.engine.transaction;

import java.util.random.RandomGenerator;
import org.ostraka.model.CancellationReason;

/**
 * Conflicts that an operator asked for, to see how an application tries again: in Ostraka itself
 * transactions wait for each other. Any thread.
 */
public final class TransactionConflicts {
  private final double rate;
  private final RandomGenerator random;

  /**
   * @param rate the part of transactions that meet a conflict, 0 to 1
   * @param random used by one thread at a time
   */
  public TransactionConflicts(double rate, RandomGenerator random) {
    this.rate = rate;
    this.random = random;
  }

  /** Chooses now whether a transaction of so many actions meets a conflict, and at which. */
  Conflict next(int actions) {
    if (rate == 0) {
      return new Conflict(actions, Conflict.NOWHERE);
    }
    synchronized (random) {
      boolean met = random.nextDouble() < rate;
      return new Conflict(actions, met ? random.nextInt(actions) : Conflict.NOWHERE);
    }
  }

  /** A conflict of one transaction, or none. Immutable. */
  record Conflict(int actions, int at) {
    private static final int NOWHERE = -1;

    /** Cancels the transaction if there is a conflict. */
    void cancel() {
      if (at == NOWHERE) {
        return;
      }
      throw Cancellations.atOne(actions, at, CancellationReason.conflict());
    }
  }
}
