package org.ostraka.conformance;

import java.util.Random;

/**
 * The number from which a test draws its choices. Immutable. Printed with the command that repeats
 * them; what the operating system's scheduler chooses is not repeated.
 */
record Seed(long value) {

  /** The seed of {@code -Dostraka.seed}, or a new one. */
  static Seed announcedFor(Class<?> test) {
    Seed seed = new Seed(Long.getLong("ostraka.seed", new Random().nextLong()));
    System.out.printf(
        "%s: seed %d; repeat its choices with:"
            + " mvn verify -pl testing/conformance -am -Dit.test=%s -Dostraka.seed=%d%n",
        test.getSimpleName(), seed.value, test.getSimpleName(), seed.value);
    return seed;
  }

  /** A generator of its own for each user, so that threads do not share one. */
  Random random(int user) {
    return new Random(value * 31 + user);
  }
}
