package org.ostraka.benchmarks.load;

import java.util.random.RandomGenerator;

/**
 * Draws ranks with YCSB's Zipfian distribution: the probability of rank r (from 0) is proportional
 * to (r + 1) to the power of -0.99. Immutable.
 *
 * <p>The method is that of Gray and others, "Quickly Generating Billion-Record Synthetic
 * Databases", SIGMOD 1994.
 */
final class Zipfian {
  static final double THETA = 0.99;

  private final long ranks;
  private final double alpha;
  private final double zeta;
  private final double eta;
  private final double upToSecond;

  Zipfian(long ranks) {
    if (ranks < 1) {
      throw new IllegalArgumentException("at least one rank, not " + ranks);
    }
    this.ranks = ranks;
    alpha = 1 / (1 - THETA);
    zeta = zeta(ranks);
    upToSecond = zeta(2);
    eta = (1 - Math.pow(2.0 / ranks, 1 - THETA)) / (1 - upToSecond / zeta);
  }

  long next(RandomGenerator random) {
    double u = random.nextDouble();
    double uz = u * zeta;
    if (uz < 1 || ranks == 1) {
      return 0;
    }
    if (uz < upToSecond || ranks == 2) {
      return 1;
    }
    return Math.min(ranks - 1, (long) (ranks * Math.pow(eta * u - eta + 1, alpha)));
  }

  /** Returns the probability of rank 0, which is the greatest. */
  double chanceOfFirst() {
    return 1 / zeta;
  }

  private static double zeta(long ranks) {
    double sum = 0;
    for (long rank = 1; rank <= ranks; rank++) {
      sum += Math.pow((double) rank, -THETA);
    }
    return sum;
  }
}
