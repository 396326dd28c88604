package org.ostraka.voting.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Chooses among things of which some are more popular than others, by Zipf's law. Immutable. */
public final class Skew {
  private final double[] upTo;

  /**
   * Makes the choice.
   *
   * @param exponent 0 for equal popularity; 1 for the classic law
   */
  public Skew(int things, double exponent) {
    if (things < 1 || !(exponent >= 0)) {
      throw new IllegalArgumentException("a choice has things, and an exponent from 0");
    }
    this.upTo = new double[things];
    double sum = 0;
    for (int thing = 0; thing < things; thing++) {
      sum += Math.pow(thing + 1.0, -exponent);
      upTo[thing] = sum;
    }
  }

  /** Returns the index of a thing; the first one is the most popular. */
  public int choose(RandomGenerator random) {
    double wish = random.nextDouble() * upTo[upTo.length - 1];
    int found = Arrays.binarySearch(upTo, wish);
    int index = found < 0 ? -found - 1 : found + 1;
    return Math.min(index, upTo.length - 1);
  }
}
