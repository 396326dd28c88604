package org.ostraka.cli;

import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** Keys of items in one line. Stateless. */
final class KeyLines {
  private KeyLines() {}

  /** Returns the attributes of a key; binary values in Base64. */
  static String of(Item key) {
    return key.attributes().entrySet().stream()
        .map(attribute -> escaped(attribute.getKey()) + "=" + value(attribute.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String value(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> '"' + escaped(text) + '"';
      case AttributeValue.N number -> number.value().toPlainString();
      case AttributeValue.B binary ->
          "b64:" + Base64.getEncoder().encodeToString(binary.value().array());
      default -> throw new IllegalArgumentException("no key has a value of this type");
    };
  }

  /** Returns a text without characters that would end the line or move the cursor. */
  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(point ->
            Character.isISOControl(point) || point == '"' || point == '\\'
                ? String.format(Locale.ROOT, "\\u%04x", point)
                : Character.toString(point))
        .collect(Collectors.joining());
  }
}
