package org.ostraka.server;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.ostraka.engine.operation.Anomalies;

/** Faults that happen by chance, as often as an operator wants. Any thread. */
final class RandomAnomalies implements Anomalies {
  private final double transactionConflictRate;
  private final RandomGenerator random;

  private RandomAnomalies(double transactionConflictRate, RandomGenerator random) {
    this.transactionConflictRate = transactionConflictRate;
    this.random = random;
  }

  /**
   * Returns the faults that settings ask for.
   *
   * @param transactionConflictRate the share of transactions, and of writes to the items of
   *     transactions under way, that meet a conflict: 0 to 1
   * @param random used by one thread at a time
   */
  static Anomalies of(double transactionConflictRate, RandomGenerator random) {
    return transactionConflictRate == 0
        ? NONE
        : new RandomAnomalies(transactionConflictRate, random);
  }

  @Override
  public boolean transactionsConflict() {
    return true;
  }

  @Override
  public OptionalInt conflictAmong(int actions) {
    synchronized (random) {
      return random.nextDouble() < transactionConflictRate
          ? OptionalInt.of(random.nextInt(actions))
          : OptionalInt.empty();
    }
  }
}
