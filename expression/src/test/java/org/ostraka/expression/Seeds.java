package org.ostraka.expression;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import java.util.function.LongConsumer;

/**
 * Runs a check with many seeds. A failure names its seed; {@code -Dostraka.expression.seed=<seed>
 * -Dostraka.expression.runs=1} repeats it.
 */
final class Seeds {
  private static final long FIRST =
      Long.getLong("ostraka.expression.seed", new Random().nextLong());

  private Seeds() {}

  static void forEach(int runs, LongConsumer check) {
    int count = Integer.getInteger("ostraka.expression.runs", runs);
    for (int i = 0; i < count; i++) {
      long seed = FIRST + i;
      try {
        check.accept(seed);
      } catch (RuntimeException | Error failure) {
        fail("-Dostraka.expression.seed=" + seed + " -Dostraka.expression.runs=1", failure);
      }
    }
  }
}
