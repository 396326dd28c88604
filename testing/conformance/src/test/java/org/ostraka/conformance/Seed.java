package org.ostraka.conformance;

import java.util.Random;

/**
 * The seed of a test's random choices, printed with the command that repeats them. It does not
 * repeat the choices of the operating system's scheduler. Immutable.
 */
record Seed(long value) {

  /** Returns the seed of {@code -Dostraka.seed}, or a new one, and prints it. */
  static Seed announcedFor(Class<?> test) {
    Seed seed = new Seed(Long.getLong("ostraka.seed", new Random().nextLong()));
    System.out.printf(
        "%s: seed %d; repeat its choices with:"
            + " mvn verify -pl testing/conformance -am -Dit.test=%s -Dostraka.seed=%d%n",
        test.getSimpleName(), seed.value, test.getSimpleName(), seed.value);
    return seed;
  }

  /** Returns a generator for one user, so that threads do not share one. */
  Random random(int user) {
    return new Random(value * 31 + user);
  }
}
