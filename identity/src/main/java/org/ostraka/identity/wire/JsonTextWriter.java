package org.ostraka.identity.wire;

import java.io.StringWriter;
import java.util.Map;
import org.ostraka.identity.wire.JsonNode.JsonArray;
import org.ostraka.identity.wire.JsonNode.JsonNull;
import org.ostraka.identity.wire.JsonNode.JsonObject;
import org.ostraka.identity.wire.JsonNode.JsonScalar;
import org.ostraka.identity.wire.JsonNode.JsonText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON values without white space. Stateless. */
final class JsonTextWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTextWriter() {}

  static String write(JsonNode node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, node);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, JsonNode node) {
    switch (node) {
      case JsonObject(int _, int _, Map<String, JsonNode> members) -> {
        json.writeStartObject();
        members.forEach((name, value) -> {
          json.writeName(name);
          write(json, value);
        });
        json.writeEndObject();
      }
      case JsonArray array -> {
        json.writeStartArray();
        array.elements().forEach(each -> write(json, each));
        json.writeEndArray();
      }
      case JsonText text -> json.writeString(text.text());
      case JsonScalar scalar -> json.writeRawValue(scalar.text());
      case JsonNull _ -> json.writeNull();
    }
  }
}
