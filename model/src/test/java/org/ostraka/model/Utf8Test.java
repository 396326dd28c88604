package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  @Test
  void sizeIsThatOfTheEncodedTextForEveryCharacter() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = Character.toString(c);
        if (Utf8.sizeBytes(text) != text.getBytes(StandardCharsets.UTF_8).length) {
          assertThat(Utf8.sizeBytes(text)).as("size of U+%04X", c).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä", "€", "😀", "aä€😀a", "\u0000", "\uFFFF", "😀😀"})
  void textWithWholePairsIsEncodable(String text) {
    assertThat(Utf8.isEncodable(text)).isTrue();
    assertThat(Utf8.sizeBytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void halfOfAPairIsNotEncodable() {
    String high = "\uD83D";
    String low = "\uDE00";
    for (String text :
        new String[] {
          high, low, low + high, high + high + low, high + low + low, "a" + high + "a"
        }) {
      assertThat(Utf8.isEncodable(text)).isFalse();
      assertThatThrownBy(() -> Utf8.requireEncodable(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theOrderOfTextsIsThatOfTheirBytes() {
    String[] texts = {"", "\u0000", "a", "aa", "b", "ä", "€", "\uE000", "\uFFFF", "😀", "😀a"};
    for (String left : texts) {
      for (String right : texts) {
        int bytes =
            Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Utf8.compare(left, right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(bytes));
      }
    }
  }
}
