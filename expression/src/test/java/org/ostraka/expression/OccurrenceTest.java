package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.testkit.random.RandomCase;

/** Parts are found where the JDK finds them, and in linear time. */
final class OccurrenceTest {
  private static final int CASES = 20_000;

  @Test
  void partsAreFoundWhereTheJdkFindsThem(TestInfo test) {
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < CASES; i++) {
      RandomGenerator random = cases.branch(i);
      String text = text(random, random.nextInt(200));
      String part =
          random.nextBoolean() && !text.isEmpty()
              ? text.substring(random.nextInt(text.length()))
              : text(random, random.nextInt(60));
      assertThat(Occurrence.of(part, text)).isEqualTo(text.contains(part));
      assertThat(Occurrence.of(bytes(part), bytes(text))).isEqualTo(text.contains(part));
    }
  }

  @Test
  @Timeout(10)
  void whatIsAlmostEverywhereIsNotLookedForEverywhere() {
    String text = "a".repeat(400_000);
    String part = "a".repeat(200_000) + "b";
    assertThat(Occurrence.of(part, text)).isFalse();
    assertThat(Occurrence.of(bytes(part), bytes(text))).isFalse();
    assertThat(Occurrence.of(part, text + part)).isTrue();
    assertThat(Occurrence.of(bytes(part), bytes(text + part))).isTrue();
  }

  /** Returns a text of two letters, so that many places almost match. */
  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(6) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
