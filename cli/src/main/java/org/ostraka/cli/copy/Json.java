package org.ostraka.cli.copy;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.json.JsonValue;

/** Makes JSON values, and finds members in them. Stateless. */
final class Json {
  private Json() {}

  static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  static JsonValue number(long number) {
    return new JsonValue.Numeric(BigDecimal.valueOf(number));
  }

  static JsonValue flag(boolean flag) {
    return new JsonValue.Flag(flag);
  }

  static JsonValue list(Collection<? extends JsonValue> values) {
    return new JsonValue.Elements(List.copyOf(values));
  }

  static JsonValue object(String name, JsonValue value) {
    return new JsonValue.Members(Map.of(name, value));
  }

  /** Returns the member; empty when there is none. */
  static Optional<JsonValue> optional(JsonValue value, String name) {
    return value instanceof JsonValue.Members members ? members.member(name) : Optional.empty();
  }

  static JsonValue member(JsonValue value, String name) {
    return optional(value, name)
        .orElseThrow(() -> new CopyException("an answer lacks the member " + name));
  }

  static Optional<String> optionalString(JsonValue value, String name) {
    return optional(value, name)
        .flatMap(each ->
            each instanceof JsonValue.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  static String string(JsonValue value, String name) {
    return optionalString(value, name)
        .orElseThrow(() -> new CopyException("an answer lacks the text " + name));
  }

  static Optional<BigDecimal> optionalNumber(JsonValue value, String name) {
    return optional(value, name)
        .flatMap(each ->
            each instanceof JsonValue.Numeric(BigDecimal number)
                ? Optional.of(number)
                : Optional.empty());
  }

  /** Returns the elements of the member; none when there is no such member. */
  static List<JsonValue> elements(JsonValue value, String name) {
    return optional(value, name)
        .map(each ->
            each instanceof JsonValue.Elements(List<JsonValue> values)
                ? values
                : List.<JsonValue>of())
        .orElse(List.of());
  }

  /** Returns the members of an object; none when it is no object. */
  static Map<String, JsonValue> members(JsonValue value) {
    return value instanceof JsonValue.Members(Map<String, JsonValue> values) ? values : Map.of();
  }

  /** Returns an object of those of these members that the value has. */
  static JsonValue.Members picked(JsonValue value, List<String> names) {
    Map<String, JsonValue> picked = new LinkedHashMap<>();
    names.forEach(name -> optional(value, name).ifPresent(each -> picked.put(name, each)));
    return new JsonValue.Members(picked);
  }
}
