package org.ostraka.testkit.random;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.TestInfo;

/**
 * One run of a random test: its seed, the random sources made from it, and the command that repeats
 * the run. Any thread may ask for a branch; each branch is for one thread.
 *
 * <p>A seed repeats the operations, not the order in which threads run.
 */
public final class RandomCase {
  private static final String SEED_PROPERTY = "ostraka.seed";
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final String command;

  private RandomCase(long seed, String command) {
    this.seed = seed;
    this.command = command;
  }

  /**
   * Begins a run with the seed in the system property {@code ostraka.seed}, or with a new one;
   * prints the command that repeats it.
   */
  @SuppressWarnings(
      "SystemOut") // Printed before the run, so that the line is there even if the run never ends.
  public static RandomCase of(TestInfo test) {
    long seed =
        Optional.ofNullable(Long.getLong(SEED_PROPERTY))
            .orElseGet(() -> RandomGenerator.getDefault().nextLong());
    RandomCase random = new RandomCase(seed, command(test, seed));
    System.out.println("[random] repeat with: " + random.command);
    return random;
  }

  /** Returns the command that repeats this run. */
  public String command() {
    return command;
  }

  /**
   * Returns a random source for one part of the test; the same seed and number give the same
   * source.
   */
  public RandomGenerator branch(long number) {
    return new SplittableRandom(seed ^ (GOLDEN_RATIO * (number + 1)));
  }

  /**
   * Checks a claim on random lists. A list that refutes it is shrunk and printed with the command
   * that repeats the run.
   */
  public <O> void verify(Claim<O> claim, Generator<List<O>> lists, int runs) {
    for (int run = 0; run < runs; run++) {
      List<O> operations = lists.next(branch(run));
      Shrinker.refute(claim, operations).ifPresent(this::fail);
    }
  }

  private <O> void fail(Refutation<O> refutation) {
    Refutation<O> shortest = new Shrinker<>(refutation).shortest();
    String operations =
        shortest.operations().stream()
            .map(operation -> "\n  " + operation)
            .collect(Collectors.joining());
    throw new AssertionError(
        shortest.why().getMessage()
            + "\nafter these operations:"
            + operations
            + "\nrepeat with: "
            + command,
        shortest.why());
  }

  private static String command(TestInfo test, long seed) {
    String name =
        test.getTestClass().map(Class::getSimpleName).orElse("*")
            + test.getTestMethod().map(method -> "#" + method.getName()).orElse("");
    return "mvn -pl %s -am test -Dtest='%s' -Dsurefire.failIfNoSpecifiedTests=false -D%s=%d"
        .formatted(module(), name, SEED_PROPERTY, seed);
  }

  /** Returns the path of this test's module below the root of the repository. */
  private static Path module() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath(); // set by Surefire
    Path root = module;
    while (root != null && !Files.exists(root.resolve("LICENSE"))) {
      root = root.getParent();
    }
    return root == null ? module : root.relativize(module);
  }
}
