package org.ostraka.delivery.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Immutable. */
public sealed interface JsonValue {

  /** An object, with its members in the order of the text. */
  record Members(Map<String, JsonValue> values) implements JsonValue {
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the member of this name; empty when there is none. */
    public Optional<JsonValue> member(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }

  /** An array. */
  record Elements(List<JsonValue> values) implements JsonValue {
    public Elements {
      values = List.copyOf(values);
    }
  }

  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A number. */
  record Numeric(BigDecimal value) implements JsonValue {}

  /** True or false. */
  record Flag(boolean value) implements JsonValue {}

  /** The null value. */
  record Null() implements JsonValue {}

  /** Returns what the value is, as messages name it: "an object", "a string" and so on. */
  default String kind() {
    return switch (this) {
      case Members _ -> "an object";
      case Elements _ -> "an array";
      case Text _ -> "a string";
      case Numeric _ -> "a number";
      case Flag _ -> "a boolean";
      case Null _ -> "null";
    };
  }
}
