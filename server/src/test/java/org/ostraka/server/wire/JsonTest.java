package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read as UTF-8, and as nothing else. */
final class JsonTest {
  @Test
  void otherEncodingsAreNotJson() {
    for (String name : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32LE")) {
      assertThat(Json.isValid("{\"a\":\"b\"}".getBytes(Charset.forName(name)))).as(name).isFalse();
    }
    assertThat(Json.isValid("{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1))).isFalse();
  }

  /** Overlong forms of U+0000, of a slash and of a euro sign; a surrogate; beyond U+10FFFF. */
  @ParameterizedTest
  @ValueSource(
      strings = {"c080", "c0af", "e080af", "e08080", "f08080af", "f08282ac", "eda080", "f4908080"})
  void formsThatNoCharacterHasAreNotJson(String hex) {
    assertThat(Json.isValid(quoted(hex))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2f", "c3a4", "e282ac", "efbfbf", "f09f9880", "f48fbfbf"})
  void charactersAreRead(String hex) {
    assertThat(Json.isValid(quoted(hex))).isTrue();
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(Json.isValid("\ufeff{}".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(Json.isValid("{}\ufeff".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  private static byte[] quoted(String hex) {
    return HexFormat.of().parseHex("22" + hex + "22");
  }
}
