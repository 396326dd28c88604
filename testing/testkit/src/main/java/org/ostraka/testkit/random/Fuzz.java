package org.ostraka.testkit.random;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.TestInfo;

/**
 * Checks a claim on many random inputs: on as many as the test says, or as the system property
 * {@code ostraka.fuzz.inputs} says. One thread.
 *
 * <p>An input that refutes the claim is shrunk and printed with two commands: one repeats the whole
 * run, one repeats that input alone, which is enough unless the claim remembers earlier inputs. An
 * exception of any kind refutes the claim, and so does an input that does not end.
 */
public final class Fuzz {
  private static final String INPUTS_PROPERTY = "ostraka.fuzz.inputs";
  private static final String ONLY_PROPERTY = "ostraka.fuzz.only";

  /**
   * The inputs that share one time limit. The limit is generous: it is there for inputs that do not
   * end.
   */
  private static final int BATCH = 1_000;

  private static final Duration BATCH_TIME = Duration.ofSeconds(60);

  private final RandomCase random;
  private final int first;
  private final int end;
  private volatile int current;

  private Fuzz(RandomCase random, int first, int end) {
    this.random = random;
    this.first = first;
    this.end = end;
  }

  /**
   * Prepares a run of a test.
   *
   * @param inputs the number of inputs, unless the property says otherwise
   */
  public static Fuzz of(TestInfo test, int inputs) {
    RandomCase random = RandomCase.of(test);
    return Optional.ofNullable(Integer.getInteger(ONLY_PROPERTY))
        .map(only -> new Fuzz(random, only, only + 1))
        .orElseGet(() -> new Fuzz(random, 0, Integer.getInteger(INPUTS_PROPERTY, inputs)));
  }

  /** Checks a claim on texts, which are shrunk by leaving out characters. */
  public void texts(Consumer<String> claim, Generator<String> texts) {
    check(
        characters -> claim.accept(joined(characters)),
        luck -> split(texts.next(luck)),
        characters -> "this text: " + Literals.text(joined(characters)));
  }

  /** Checks a claim on lists, which are shrunk by leaving out elements. */
  public <O> void lists(Claim<O> claim, Generator<List<O>> lists) {
    check(
        claim,
        lists,
        elements ->
            elements.stream()
                .map(element -> "\n  " + element)
                .collect(Collectors.joining("", "these:", "")));
  }

  private <O> void check(
      Claim<O> claim, Generator<List<O>> lists, Function<List<O>, String> shown) {
    for (int begin = first; begin < end; begin += BATCH) {
      int from = begin;
      Optional<Refutation<O>> refutation =
          assertTimeoutPreemptively(
              BATCH_TIME, () -> refutation(claim, lists, from), () -> "does not end; " + repeat());
      if (refutation.isPresent()) {
        throw failure(new Shrinker<>(refutation.get()).shortest(), shown);
      }
    }
  }

  private <O> Optional<Refutation<O>> refutation(
      Claim<O> claim, Generator<List<O>> lists, int begin) {
    for (int input = begin; input < Math.min(end, begin + BATCH); input++) {
      current = input;
      Optional<Refutation<O>> refutation = Shrinker.refute(claim, lists.next(random.branch(input)));
      if (refutation.isPresent()) {
        return refutation;
      }
    }
    return Optional.empty();
  }

  private <O> AssertionError failure(Refutation<O> refutation, Function<List<O>, String> shown) {
    return new AssertionError(
        refutation.why() + "\nrefuted by " + shown.apply(refutation.operations()) + "\n" + repeat(),
        refutation.why());
  }

  private String repeat() {
    String run = "repeat with: " + random.command();
    String whole = first > 0 ? run : run + " -D" + INPUTS_PROPERTY + "=" + end;
    return whole + "\nor, for input " + current + " alone, with -D" + ONLY_PROPERTY + "=" + current;
  }

  private static List<Character> split(String text) {
    List<Character> characters = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); i++) {
      characters.add(text.charAt(i));
    }
    return characters;
  }

  private static String joined(List<Character> characters) {
    StringBuilder text = new StringBuilder(characters.size());
    for (char each : characters) {
      text.append(each);
    }
    return text.toString();
  }
}
