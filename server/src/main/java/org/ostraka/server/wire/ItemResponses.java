package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import tools.jackson.core.JsonGenerator;

/** What the responses of several item operations have in common. Stateless. */
final class ItemResponses {
  private ItemResponses() {}

  static void item(JsonGenerator json, String name, @Nullable Item item) {
    if (item != null) {
      AttributeWriter.item(json, name, item);
    }
  }

  static void capacity(JsonGenerator json, @Nullable ConsumedCapacity consumed) {
    if (consumed == null) {
      return;
    }
    json.writeName("ConsumedCapacity").writeStartObject();
    json.writeNumberProperty("CapacityUnits", consumed.units());
    json.writeStringProperty("TableName", consumed.table().value());
    if (consumed.byIndex()) {
      json.writeName("Table").writeStartObject();
      json.writeNumberProperty("CapacityUnits", consumed.units());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
