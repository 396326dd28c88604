package org.ostraka.server.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.IndexName;
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
      json.writeName("Table");
      units(json, consumed.tableUnits());
      indexes(json, "LocalSecondaryIndexes", consumed.localIndexes());
      indexes(json, "GlobalSecondaryIndexes", consumed.globalIndexes());
    }
    json.writeEndObject();
  }

  private static void indexes(JsonGenerator json, String name, Map<IndexName, Double> units) {
    if (units.isEmpty()) {
      return;
    }
    json.writeName(name).writeStartObject();
    units.forEach((index, each) -> {
      json.writeName(index.value());
      units(json, each);
    });
    json.writeEndObject();
  }

  private static void units(JsonGenerator json, double units) {
    json.writeStartObject();
    json.writeNumberProperty("CapacityUnits", units);
    json.writeEndObject();
  }
}
