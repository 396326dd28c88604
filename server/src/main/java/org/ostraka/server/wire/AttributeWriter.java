package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.util.Map;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import tools.jackson.core.JsonGenerator;

/** Writes attribute values. Stateless. */
final class AttributeWriter {
  private AttributeWriter() {}

  static void item(JsonGenerator json, String name, Item item) {
    json.writeName(name);
    map(json, item.attributes());
  }

  static void element(JsonGenerator json, Item item) {
    map(json, item.attributes());
  }

  private static void map(JsonGenerator json, Map<String, AttributeValue> values) {
    json.writeStartObject();
    values.forEach((name, value) -> {
      json.writeName(name);
      value(json, value);
    });
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, AttributeValue value) {
    json.writeStartObject();
    switch (value) {
      case AttributeValue.S(String text) -> json.writeStringProperty("S", text);
      case AttributeValue.N(BigDecimal number) ->
          json.writeStringProperty("N", DecimalNumber.text(number));
      case AttributeValue.B(Bytes bytes) -> json.writeBinaryProperty("B", bytes.array());
      case AttributeValue.Bool(boolean flag) -> json.writeBooleanProperty("BOOL", flag);
      case AttributeValue.Null() -> json.writeBooleanProperty("NULL", true);
      case AttributeValue.L list -> {
        json.writeName("L").writeStartArray();
        list.values().forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case AttributeValue.M map -> {
        json.writeName("M");
        map(json, map.values());
      }
      case AttributeValue.SS set -> {
        json.writeName("SS").writeStartArray();
        set.values().forEach(json::writeString);
        json.writeEndArray();
      }
      case AttributeValue.NS set -> {
        json.writeName("NS").writeStartArray();
        set.values().forEach(number -> json.writeString(DecimalNumber.text(number)));
        json.writeEndArray();
      }
      case AttributeValue.BS set -> {
        json.writeName("BS").writeStartArray();
        set.values().forEach(bytes -> json.writeBinary(bytes.array()));
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }
}
