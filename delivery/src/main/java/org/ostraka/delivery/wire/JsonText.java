package org.ostraka.delivery.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON texts in UTF-8. Stateless. */
public final class JsonText {
  /** The longest name or string: the largest event of a batch. */
  private static final int MAX_STRING_CHARS = 16 << 20;

  /** The most levels; an item of 32 levels needs 67. */
  private static final int MAX_DEPTH = 200;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_STRING_CHARS)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Returns the only value of a text.
   *
   * @throws JsonSyntaxException when the text is not exactly one JSON value, or an object has two
   *     members of one name
   */
  public static JsonValue parse(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("the text is empty");
      }
      JsonValue value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException("there is more after the first value");
      }
      return value;
    } catch (JacksonException broken) {
      throw new JsonSyntaxException(
          broken.getOriginalMessage()
              + " (line "
              + broken.getLocation().getLineNr()
              + ", column "
              + broken.getLocation().getColumnNr()
              + ")");
    }
  }

  /** Returns the text of a value. */
  public static byte[] bytes(JsonValue value) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, value);
    }
    return text.toByteArray();
  }

  private static void write(JsonGenerator json, JsonValue value) {
    switch (value) {
      case JsonValue.Members(Map<String, JsonValue> members) -> {
        json.writeStartObject();
        members.forEach((name, each) -> write(json.writeName(name), each));
        json.writeEndObject();
      }
      case JsonValue.Elements(List<JsonValue> elements) -> {
        json.writeStartArray();
        elements.forEach(each -> write(json, each));
        json.writeEndArray();
      }
      case JsonValue.Text(String text) -> json.writeString(text);
      case JsonValue.Numeric(BigDecimal number) -> json.writeNumber(number);
      case JsonValue.Flag(boolean flag) -> json.writeBoolean(flag);
      case JsonValue.Null() -> json.writeNull();
    }
  }

  private static JsonValue value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Numeric(parser.getDecimalValue());
      case VALUE_TRUE -> new JsonValue.Flag(true);
      case VALUE_FALSE -> new JsonValue.Flag(false);
      case VALUE_NULL -> new JsonValue.Null();
      default -> throw new JsonSyntaxException("a value is missing");
    };
  }

  private static JsonValue members(JsonParser parser) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue elements(JsonParser parser) {
    List<JsonValue> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return new JsonValue.Elements(elements);
  }
}
