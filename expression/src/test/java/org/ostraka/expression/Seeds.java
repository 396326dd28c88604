package org.ostraka.expression;

import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.Fuzz;

/** Runs a check with many seeds for {@link Trees}. Stateless. */
public final class Seeds {
  private Seeds() {}

  public static void forEach(TestInfo test, int runs, LongConsumer check) {
    Fuzz.of(test, runs)
        .lists(seeds -> seeds.forEach(check::accept), random -> List.of(random.nextLong()));
  }
}
