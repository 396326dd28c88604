package org.ostraka.server;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.server.config.RegionFaults;

/** Faults that happen by chance, as often as an operator wants. Any thread. */
final class RandomAnomalies implements Anomalies {
  private final double transactionConflictRate;
  private final RegionFaults regions;
  private final RandomGenerator random;

  private RandomAnomalies(
      double transactionConflictRate, RegionFaults regions, RandomGenerator random) {
    this.transactionConflictRate = transactionConflictRate;
    this.regions = regions;
    this.random = random;
  }

  /**
   * Returns the faults that settings ask for.
   *
   * @param transactionConflictRate the share of transactions, and of writes to the items of
   *     transactions under way, that meet a conflict: 0 to 1
   * @param regions faults between regions
   * @param random used by one thread at a time
   */
  static Anomalies of(
      double transactionConflictRate, RegionFaults regions, RandomGenerator random) {
    return transactionConflictRate == 0 && !regions.concernMessages()
        ? NONE
        : new RandomAnomalies(transactionConflictRate, regions, random);
  }

  @Override
  public boolean transactionsConflict() {
    return transactionConflictRate > 0;
  }

  @Override
  public OptionalInt conflictAmong(int actions) {
    synchronized (random) {
      return random.nextDouble() < transactionConflictRate
          ? OptionalInt.of(random.nextInt(actions))
          : OptionalInt.empty();
    }
  }

  @Override
  public Passage passage() {
    synchronized (random) {
      return new Passage(
          Duration.ofNanos(
              regions.maxDelay().isZero() ? 0 : random.nextLong(regions.maxDelay().toNanos())),
          fate(),
          random.nextDouble() < regions.duplicateRate(),
          random.nextDouble() < regions.reorderRate(),
          random.nextDouble() < regions.cutRate() ? RegionFaults.CUT : Duration.ZERO);
    }
  }

  /** A message and its answer are lost equally often. */
  private Passage.Fate fate() {
    double chance = random.nextDouble();
    if (chance < regions.lossRate() / 2) {
      return Passage.Fate.LOST;
    }
    return chance < regions.lossRate() ? Passage.Fate.UNANSWERED : Passage.Fate.ANSWERED;
  }
}
