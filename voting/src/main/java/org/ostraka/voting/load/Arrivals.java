package org.ostraka.voting.load;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * The moments at which votes arrive: a Poisson process with the rate of a profile, by thinning
 * (Lewis and Shedler, 1979). Not thread-safe. The same seed gives the same moments.
 */
public final class Arrivals {
  private final Profile profile;
  private final RandomGenerator random;
  private double second;

  public Arrivals(Profile profile, RandomGenerator random) {
    this.profile = profile;
    this.random = random;
  }

  /** Returns the next moment in seconds from the start; empty after the end. */
  public OptionalDouble next() {
    while (second < profile.seconds()) {
      second += -Math.log(1 - random.nextDouble()) / profile.highest();
      if (random.nextDouble() * profile.highest() < profile.rate(second)) {
        return OptionalDouble.of(second);
      }
    }
    return OptionalDouble.empty();
  }
}
