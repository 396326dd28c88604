package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.RandomCase;

/** The cost of a request is estimated before it is read. */
final class JsonWeightTest {
  private static final int RANDOM_TEXTS = 2_000;

  @Test
  void aShortTextIsLightAndWeighsAMultipleOfItsLength() {
    JsonWeight weight = weight("{\"a\":[]}");
    assertThat(weight.isHeavy()).isFalse();
    assertThat(weight.objectBytes()).isEqualTo(64);
  }

  @Test
  void manyValuesAreHeavyAndAsManyBytesOfOneTextAreNot() {
    String values = "{\"L\":[" + "{\"NULL\":true},".repeat(20_000) + "{}]}";
    String text = "{\"S\":\"" + "x".repeat(values.length()) + "\"}";
    assertThat(weight(values).isHeavy()).isTrue();
    assertThat(weight(text).isHeavy()).isFalse();
    assertThat(weight(text).objectBytes()).isBetween(3L * text.length(), 4L * text.length());
  }

  @Test
  void aMegabyteOfOneTextIsHeavy() {
    assertThat(weight("\"" + "x".repeat(1 << 20) + "\"").isHeavy()).isTrue();
  }

  @Test
  void whatStandsWithinATextIsNoValue() {
    String brackets = "\"" + "{[\\\"{".repeat(10_000) + "\"";
    assertThat(weight(brackets).isHeavy()).isFalse();
    assertThat(weight(brackets).objectBytes()).isLessThan(4L * brackets.length());
  }

  @Test
  void theSmallestValuesWeighTensOfTimesTheirLength() {
    String set = "{\"SS\":[\"\"]},";
    JsonWeight weight = weight("[" + set.repeat(100_000) + "]");
    assertThat(weight.objectBytes()).isGreaterThan(15L * set.length() * 100_000);
  }

  @Test
  void anyBytesCanBeWeighed(TestInfo test) {
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      byte[] bytes = new byte[9_000 + i];
      cases.branch(i).nextBytes(bytes);
      for (int at = 0; at < bytes.length; at += 7) {
        bytes[at] = (byte) "{}[]\",:\\".charAt(Math.floorMod(bytes[at], 8));
      }
      assertThat(JsonWeight.of(bytes).objectBytes()).isNotNegative();
    }
  }

  private static JsonWeight weight(String text) {
    return JsonWeight.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
