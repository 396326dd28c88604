package org.ostraka.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.ostraka.delivery.json.JsonValue;

/** Reads the answers of a server. Stateless. */
final class Answers {
  private static final int MILLI_DIGITS = 3;

  private Answers() {}

  static JsonValue member(JsonValue value, String name) {
    return optional(value, name)
        .orElseThrow(() -> new CallException("the server's answer lacks " + name));
  }

  static Optional<JsonValue> optional(JsonValue value, String name) {
    return Optional.of(value)
        .filter(JsonValue.Members.class::isInstance)
        .map(JsonValue.Members.class::cast)
        .flatMap(members -> members.member(name));
  }

  static String text(JsonValue value, String name) {
    return text(member(value, name));
  }

  static String text(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Numeric(BigDecimal number) -> number.toPlainString();
      case JsonValue.Flag(boolean flag) -> String.valueOf(flag);
      case JsonValue.Members _, JsonValue.Elements _, JsonValue.Null _ ->
          throw new CallException("the server's answer has " + value.kind() + " for a text");
    };
  }

  /** Returns a moment as text. */
  static String moment(JsonValue value) {
    return value instanceof JsonValue.Numeric(BigDecimal seconds)
        ? Instant.ofEpochMilli(seconds.movePointRight(MILLI_DIGITS).longValue()).toString()
        : text(value);
  }

  /** Returns a moment as requests have it. */
  static JsonValue seconds(Instant moment) {
    return new JsonValue.Numeric(BigDecimal.valueOf(moment.toEpochMilli(), MILLI_DIGITS));
  }

  /** Reads a moment from a command line. */
  static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notTime) {
      throw new IllegalArgumentException(notTime);
    }
  }
}
