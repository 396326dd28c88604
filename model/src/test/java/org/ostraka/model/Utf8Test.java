package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  @Test
  void sizeIsThatOfTheEncodedTextForEveryCharacter() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = Character.toString(c);
        if (Utf8.sizeBytes(text) != bytes(c)) {
          assertThat(Utf8.sizeBytes(text)).as("size of U+%04X", c).isEqualTo(bytes(c));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä", "€", "😀", "aä€😀a", "\u0000", "\uFFFF", "😀😀"})
  void textWithWholePairsIsEncodable(String text) {
    assertThat(Utf8.isEncodable(text)).isTrue();
    assertThat(Utf8.sizeBytes(text)).isEqualTo(text.codePoints().map(Utf8Test::bytes).sum());
  }

  /** RFC 3629, section 3. */
  private static int bytes(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Long texts are looked at in slices: a pair at each place, and half of one at each. */
  @Test
  void longTextIsJudgedAsAWhole() {
    for (int place = 16_382; place <= 16_386; place++) {
      String before = "a".repeat(place);
      String after = "ä".repeat(20_000);
      textWithWholePairsIsEncodable(before + "😀" + after);
      textWithWholePairsIsEncodable(before + "😀😀" + after);
      assertThat(Utf8.isEncodable(before + "\uD83D" + after)).isFalse();
      assertThat(Utf8.isEncodable(before + "\uDE00" + after)).isFalse();
      assertThat(Utf8.isEncodable(before + "\uD83D\uD83D\uDE00" + after)).isFalse();
    }
  }

  /** All pairs of bytes, and many longer sequences, are judged as the JDK judges them. */
  @Test
  void formsAreThoseOfTheJdk() {
    int[] lasts = {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    for (int start = 0; start < 1 << 24; start++) {
      byte[] three = {(byte) (start >> 16), (byte) (start >> 8), (byte) start};
      if (start % 97 == 0) {
        assertForm(three);
        for (int last : lasts) {
          assertForm(new byte[] {three[0], three[1], three[2], (byte) last});
        }
      }
    }
    for (int start = 0; start < 1 << 16; start++) {
      assertForm(new byte[] {(byte) (start >> 8), (byte) start});
      assertForm(new byte[] {(byte) (start >> 8), (byte) start, (byte) 0x80, (byte) 0xbf});
    }
  }

  @Test
  void aBadFormIsFoundWhereverItIs() {
    for (int length = 1; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'a');
        assertForm(text);
        text[at] = (byte) 0x80;
        assertForm(text);
        text[at] = (byte) 0xc3;
        assertForm(text);
      }
    }
  }

  private static void assertForm(byte[] bytes) {
    boolean wellFormed = true;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException _) {
      wellFormed = false;
    }
    if (Utf8.isWellFormed(bytes) != wellFormed) {
      assertThat(HexFormat.of().formatHex(bytes)).as("well-formed: %s", wellFormed).isEmpty();
    }
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

  /** The JVM may compile loops of their own for ASCII, Latin-1 and UTF-16: each is tested. */
  @Test
  void aHalfIsFoundWhereverItIsAndWhateverIsAroundIt() {
    for (String around : new String[] {"a", "?", "a?aaaaaaa", "ä", "a€", "😀", "a😀"}) {
      for (int length = 0; length < 70; length++) {
        String text = around.repeat(length);
        assertThat(Utf8.isEncodable(text)).as(text).isTrue();
        for (int at = 0; at <= length; at++) {
          String before = around.repeat(at);
          String after = around.repeat(length - at);
          assertThat(Utf8.isEncodable(before + "\uD83D" + after)).as("high at %s", at).isFalse();
          assertThat(Utf8.isEncodable(before + "\uDE00" + after)).as("low at %s", at).isFalse();
        }
      }
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
