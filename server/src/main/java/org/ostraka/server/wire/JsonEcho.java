package org.ostraka.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ostraka.model.Item;

/** Writes a part of a request as JSON for messages that show it. Stateless. */
final class JsonEcho {
  private JsonEcho() {}

  /** Returns the text of an object with these members. */
  static String of(Map<?, ?> members) {
    return new String(Json.object(json -> entries(json, members)), StandardCharsets.UTF_8);
  }

  private static void entries(JsonOutput json, Map<?, ?> entries) {
    entries.forEach((name, value) -> {
      json.writeName((String) name);
      value(json, value);
    });
  }

  private static void value(JsonOutput json, Object value) {
    switch (value) {
      case Members members -> object(json, members.values());
      case Map<?, ?> map -> object(json, map);
      case InTurn part -> value(json, part.value());
      case Item item -> AttributeWriter.element(json, item);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case Boolean flag -> json.writeBoolean(flag);
      case String text -> json.writeString(text);
      default -> throw new IllegalArgumentException("not a member of what is asked of a table");
    }
  }

  private static void object(JsonOutput json, Map<?, ?> entries) {
    json.writeStartObject();
    entries(json, entries);
    json.writeEndObject();
  }
}
