package org.ostraka.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shortens a list that refutes a claim, as long as it still refutes the claim. One thread.
 *
 * <p>This is delta debugging (A. Zeller and R. Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE Transactions on Software Engineering 28(2), 2002) with complements
 * only: it leaves out halves, then quarters, and so on down to single operations, and begins again
 * whenever it could leave something out.
 *
 * @param <O> an operation
 */
public final class Shrinker<O> {
  /** The most lists to try: a fairly short answer now is better than the shortest one later. */
  private static final int MAX_RUNS = 2_000;

  private Refutation<O> best;
  private int runs;

  Shrinker(Refutation<O> refutation) {
    this.best = refutation;
  }

  /** Shortens a list that refutes the claim until no single operation can be left out. */
  public static <O> List<O> shrink(Claim<O> claim, List<O> operations) {
    Refutation<O> refutation =
        refute(claim, operations)
            .orElseThrow(() -> new IllegalArgumentException("the list does not refute the claim"));
    return new Shrinker<>(refutation).shortest().operations();
  }

  /** Returns the refutation of a claim by this list; empty when the claim holds. */
  static <O> Optional<Refutation<O>> refute(Claim<O> claim, List<O> operations) {
    try {
      claim.check(operations);
      return Optional.empty();
    } catch (Exception | Error why) {
      return Optional.of(new Refutation<>(claim, operations, why));
    }
  }

  Refutation<O> shortest() {
    int chunk = Math.max(1, best.operations().size() / 2);
    while (runs < MAX_RUNS) {
      boolean shorter = leaveOutOneOf(chunk);
      if (!shorter && chunk == 1) {
        return best;
      }
      chunk = Math.clamp(shorter ? chunk : chunk / 2, 1, Math.max(1, best.operations().size() / 2));
    }
    return best;
  }

  /** Leaves out chunks of this size where possible, from the last to the first. */
  private boolean leaveOutOneOf(int chunk) {
    boolean shorter = false;
    for (int end = best.operations().size(); end > 0 && runs < MAX_RUNS; end -= chunk) {
      int start = Math.max(0, end - chunk);
      List<O> rest = new ArrayList<>(best.operations().subList(0, start));
      rest.addAll(best.operations().subList(end, best.operations().size()));
      runs++;
      Optional<Refutation<O>> refuted = refute(best.claim(), rest);
      if (refuted.isPresent()) {
        best = refuted.get();
        shorter = true;
      }
    }
    return shorter;
  }
}
