package org.ostraka.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * These runs also follow {@code ostraka.fuzz.only} and {@code ostraka.fuzz.inputs} where they are
 * set.
 */
final class FuzzTest {
  private static final Mutator TEXTS =
      Mutator.ofText(Generator.oneOf(List.of("one (sound) text", "another")), List.of("(", "\""));

  @Test
  void shrinksATextAndTellsHowToRepeatIt(TestInfo test) {
    assertThatThrownBy(() ->
            Fuzz.of(test, 1_000)
                .texts(text -> assertThat(text.indexOf('x', 1)).isNegative(), TEXTS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("refuted by this text: ")
        .hasMessageMatching("(?s).*this text: \".{1,6}x\"\nrepeat with: mvn .*")
        .hasMessageContaining("-Dtest='FuzzTest#shrinksATextAndTellsHowToRepeatIt'")
        .hasMessageContaining("-Dostraka.fuzz.only=");
  }

  @Test
  void anErrorRefutesAClaimToo(TestInfo test) {
    assertThatThrownBy(() -> Fuzz.of(test, 10).lists(_ -> endless(0), TEXTS.listsOfUpTo(3)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("StackOverflowError")
        .hasMessageContaining("refuted by these:\nrepeat with");
  }

  @Test
  void mutatedTextsAreSoundDamagedAndVeryLong(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      texts.add(TEXTS.next(random.branch(i)));
    }

    assertThat(texts).contains("another", "").doesNotContainNull();
    assertThat(texts).anyMatch(text -> text.contains("((((((((((((((((((((((((((((((((((((((("));
    assertThat(texts).anyMatch(text -> text.chars().anyMatch(c -> c > 0xFF));
    assertThat(texts).allMatch(text -> text.length() < 25_000);
  }

  @Test
  void mutatedBytesAreBytes(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    Mutator bytes = Mutator.ofUtf8(Generator.oneOf(List.of("€uro")), List.of("ü"));

    assertThat(IntStream.range(0, 1_000).mapToObj(i -> bytes.next(random.branch(i))))
        .allMatch(text -> text.chars().allMatch(c -> c <= 0xFF))
        .anyMatch(text -> Mutator.bytes(text).length > 5)
        .contains("\u00e2\u0082\u00acuro");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int depth) {
    return 1 + endless(depth + 1);
  }
}
