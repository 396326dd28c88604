package org.ostraka.analytics;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;

/** Values of attributes as DynamoDB JSON. Stateless. */
final class AttributeJson {
  private AttributeJson() {}

  /** Returns the text of a value, such as {@code {"S":"x"}}. */
  static String text(AttributeValue value) {
    return new String(JsonText.bytes(json(value)), StandardCharsets.UTF_8);
  }

  /** Returns the text of attributes, such as {@code {"a":{"S":"x"}}}. */
  static String text(Map<String, AttributeValue> attributes) {
    return new String(JsonText.bytes(members(attributes)), StandardCharsets.UTF_8);
  }

  private static JsonValue json(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> typed("S", new JsonValue.Text(text));
      case AttributeValue.N(var number) ->
          typed("N", new JsonValue.Text(DecimalNumber.text(number)));
      case AttributeValue.B(Bytes bytes) -> typed("B", binary(bytes));
      case AttributeValue.Bool(boolean flag) -> typed("BOOL", new JsonValue.Flag(flag));
      case AttributeValue.Null() -> typed("NULL", new JsonValue.Flag(true));
      case AttributeValue.L(List<AttributeValue> values) ->
          typed("L", elements(values, AttributeJson::json));
      case AttributeValue.M(Map<String, AttributeValue> values) -> typed("M", members(values));
      case AttributeValue.SS(var texts) -> typed("SS", elements(texts, JsonValue.Text::new));
      case AttributeValue.NS(var numbers) ->
          typed("NS", elements(numbers, each -> new JsonValue.Text(DecimalNumber.text(each))));
      case AttributeValue.BS(var values) -> typed("BS", elements(values, AttributeJson::binary));
    };
  }

  private static JsonValue typed(String type, JsonValue value) {
    return new JsonValue.Members(Map.of(type, value));
  }

  private static JsonValue members(Map<String, AttributeValue> attributes) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    attributes.forEach((name, value) -> members.put(name, json(value)));
    return new JsonValue.Members(members);
  }

  private static JsonValue binary(Bytes bytes) {
    return new JsonValue.Text(Base64.getEncoder().encodeToString(bytes.array()));
  }

  private static <T> JsonValue elements(Collection<T> values, Function<T, JsonValue> form) {
    return new JsonValue.Elements(values.stream().map(form).toList());
  }
}
