package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.testkit.random.RandomCase;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Another library's parser reads back what was written. */
final class JsonOutputTest {
  private static final int TEXTS = 20_000;
  private static final String[] CHARACTERS = {
    "a",
    "0",
    " ",
    "\"",
    "\\",
    "/",
    "\0",
    "\b",
    "\t",
    "\n",
    "\f",
    "\r",
    "\u001f",
    "\u007f",
    "é",
    "€",
    "\ud83d\ude00",
    "!",
    "#",
    "[",
    "]",
    "\u2028"
  };

  @Test
  void membersAndElementsAreSeparated() {
    String written =
        text(json -> {
          json.writeStartObject();
          json.writeStringProperty("a", "b");
          json.writeName("c").writeStartArray().writeEndArray();
          json.writeName("d").writeStartArray().writeNumber(1).writeString("x").writeStartObject();
          json.writeEndObject().writeBoolean(true).writeEndArray();
          json.writeBooleanProperty("e", false);
          json.writeName("f").writeStartObject().writeEndObject();
          json.writeEndObject();
        });
    assertThat(written)
        .isEqualTo("{\"a\":\"b\",\"c\":[],\"d\":[1,\"x\",{},true],\"e\":false,\"f\":{}}");
  }

  @Test
  void whatJsonEscapesIsEscaped() {
    String written = "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001F\u007fé\"";
    String plain = "\"\\/\b\t\n\f\r\0\u001f\u007fé";
    byte[] utf8 = plain.getBytes(StandardCharsets.UTF_8);
    assertThat(text(json -> json.writeString(plain))).isEqualTo(written);
    assertThat(text(json -> json.writeString(utf8, 0, utf8.length))).isEqualTo(written);
  }

  @Test
  void halfASurrogatePairIsAQuestionMark() {
    assertThat(text(json -> json.writeString("a\ud83d\"b"))).isEqualTo("\"a?\\\"b\"");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "0.5, 0.5", "12345678, 1.2345678E7", "128, 128.0"})
  void fractionsAreWrittenAsJavaDoes(double number, String written) {
    assertThat(text(json -> json.writeNumber(number))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void wholeNumbersAreWrittenWhole(long number) {
    assertThat(text(json -> json.writeNumber(number))).isEqualTo(Long.toString(number));
  }

  @Test
  void textsOfAnyCharactersReadBack(TestInfo test) {
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < TEXTS; i++) {
      RandomGenerator random = cases.branch(i);
      String name = text(random);
      String value = text(random);
      byte[] utf8 = ("<" + name + value + ">").getBytes(StandardCharsets.UTF_8);
      int bytesOfName = name.getBytes(StandardCharsets.UTF_8).length;
      byte[] written =
          bytes(json -> {
            json.writeStartArray().writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject().writeStartObject();
            json.writeName(utf8, 1, bytesOfName)
                .writeString(utf8, 1 + bytesOfName, utf8.length - bytesOfName - 2);
            json.writeEndObject().writeEndArray();
          });
      try (JsonParser parser = Json.parser(written)) {
        assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
        assertMember(parser, name, value);
        assertMember(parser, name, value);
        assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
        assertThat(parser.nextToken()).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 1000, 400_000})
  void binaryDataIsWrittenInBase64(int length) {
    byte[] data = new byte[length + 2];
    Arrays.fill(data, 1, length + 1, (byte) 0xFB);
    byte[] part = Arrays.copyOfRange(data, 1, length + 1);
    assertThat(text(json -> json.writeBinary(data, 1, length)))
        .isEqualTo("\"" + Base64.getEncoder().encodeToString(part) + "\"");
  }

  private static void assertMember(JsonParser parser, String name, String value) {
    assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
    assertThat(parser.nextName()).isEqualTo(name);
    assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
    assertThat(parser.getString()).isEqualTo(value);
    assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
  }

  /** Returns a text, mostly short, now and then longer than a piece. */
  private static String text(RandomGenerator random) {
    int length =
        random.nextInt(random.nextInt(50) == 0 ? random.nextInt(20) == 0 ? 100_000 : 3000 : 30);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(3) > 0 ? "x" : CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  private static String text(Consumer<JsonOutput> writing) {
    return new String(bytes(writing), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Consumer<JsonOutput> writing) {
    JsonPieces pieces = new JsonPieces();
    JsonOutput json = new JsonOutput(pieces);
    writing.accept(json);
    return pieces.toByteArray(json);
  }
}
