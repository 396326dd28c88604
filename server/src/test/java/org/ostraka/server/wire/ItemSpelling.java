package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.testkit.random.Generator;

/**
 * Writes attributes as JSON in one of many equivalent spellings: with spaces, escapes for any
 * character, and numbers with zeros and exponents. One thread.
 */
final class ItemSpelling {
  private static final Generator<String> SPACE =
      Generator.oneOf(List.of("", "", "", "", "", " ", "\n", "\t\r", "  "));

  /** Pairs of a character and the letter that escapes it. */
  private static final String SHORT_ESCAPES = "\"\"\\\\//\bb\ff\nn\rr\tt";

  private final RandomGenerator random;
  private final StringBuilder json = new StringBuilder();

  private ItemSpelling(RandomGenerator random) {
    this.random = random;
  }

  static String of(Map<String, AttributeValue> attributes, RandomGenerator random) {
    ItemSpelling spelling = new ItemSpelling(random);
    spelling.map(attributes);
    return spelling.json.toString();
  }

  private void map(Map<String, AttributeValue> values) {
    list(
        "{",
        values.entrySet(),
        entry -> {
          text(entry.getKey());
          token(":");
          value(entry.getValue());
        },
        "}");
  }

  private void value(AttributeValue value) {
    token("{");
    boolean ignored = random.nextInt(20) == 0;
    if (ignored) {
      token(random.nextBoolean() ? "\"S\":null," : "\"?\":[{},1e9],");
    }
    switch (value) {
      case AttributeValue.S(String text) -> member("S", () -> text(text));
      case AttributeValue.N(BigDecimal number) -> member("N", () -> text(number(number)));
      case AttributeValue.B(Bytes bytes) -> member("B", () -> text(base64(bytes)));
      case AttributeValue.Bool(boolean flag) -> member("BOOL", () -> flag(flag));
      case AttributeValue.Null() -> member("NULL", () -> flag(true));
      case AttributeValue.L list -> member("L", () -> list("[", list.values(), this::value, "]"));
      case AttributeValue.M map -> member("M", () -> map(map.values()));
      case AttributeValue.SS set -> member("SS", () -> list("[", set.values(), this::text, "]"));
      case AttributeValue.NS set ->
          member("NS", () -> list("[", set.values(), each -> text(number(each)), "]"));
      case AttributeValue.BS set ->
          member("BS", () -> list("[", set.values(), each -> text(base64(each)), "]"));
    }
    token("}");
  }

  private void member(String type, Runnable content) {
    text(type);
    token(":");
    content.run();
  }

  private <T> void list(String open, Collection<T> elements, Consumer<T> element, String close) {
    token(open);
    boolean later = false;
    for (T each : elements) {
      if (later) {
        token(",");
      }
      element.accept(each);
      later = true;
    }
    token(close);
  }

  private void flag(boolean flag) {
    token(random.nextInt(4) == 0 ? "\"" + flag + "\"" : String.valueOf(flag));
  }

  private void text(String text) {
    json.append('"');
    int oneIn = text.length() > 20 ? 50 : 8;
    text.codePoints().forEach(character -> character(character, random.nextInt(oneIn) == 0));
    json.append('"');
    json.append(SPACE.next(random));
  }

  /** Writes a character; one beyond 16 bits is two escapes or none. */
  private void character(int character, boolean escaped) {
    int at = SHORT_ESCAPES.indexOf(character);
    boolean free = character >= ' ' && character != '"' && character != '\\';
    if (at >= 0 && at % 2 == 0 && random.nextBoolean()) {
      json.append('\\').append(SHORT_ESCAPES.charAt(at + 1));
    } else if (escaped || !free) {
      for (char half : Character.toChars(character)) {
        json.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) half));
      }
    } else {
      json.appendCodePoint(character);
    }
  }

  private String number(BigDecimal number) {
    String sign = number.signum() < 0 ? "-" : random.nextInt(8) == 0 ? "+" : "";
    BigDecimal positive = number.abs();
    return sign
        + switch (random.nextInt(5)) {
          case 0 -> positive.toPlainString();
          case 1 -> "00" + positive.toPlainString();
          case 2 -> positive.setScale(Math.max(0, positive.scale()) + 3) + "";
          case 3 -> positive.unscaledValue() + ".e" + -positive.scale();
          default -> positive.toString();
        };
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private void token(String token) {
    json.append(token).append(SPACE.next(random));
  }
}
