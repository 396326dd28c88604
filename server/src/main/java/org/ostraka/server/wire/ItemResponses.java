package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.IndexName;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;

/** The common parts of the responses of item operations. Stateless. */
final class ItemResponses {
  private static final String COLLECTIONS = "ItemCollectionMetrics";

  private ItemResponses() {}

  static void item(JsonOutput json, String name, @Nullable Item item) {
    if (item != null) {
      AttributeWriter.item(json, name, item);
    }
  }

  static void capacity(JsonOutput json, @Nullable ConsumedCapacity consumed) {
    if (consumed != null) {
      json.writeName("ConsumedCapacity");
      capacity(json, consumed, Kind.UNSAID);
    }
  }

  /** Writes the capacity that was consumed of each table. */
  static void capacities(JsonOutput json, @Nullable List<ConsumedCapacity> consumed, Kind kind) {
    if (consumed != null) {
      json.writeName("ConsumedCapacity").writeStartArray();
      consumed.forEach(each -> capacity(json, each, kind));
      json.writeEndArray();
    }
  }

  static void collection(JsonOutput json, @Nullable ItemCollectionMetrics metrics) {
    if (metrics != null) {
      json.writeName(COLLECTIONS);
      collectionOf(json, metrics);
    }
  }

  /** Writes the collections of each table, by the table's name in the request. */
  static void collections(
      JsonOutput json, @Nullable Map<String, List<ItemCollectionMetrics>> tables) {
    if (tables != null) {
      json.writeName(COLLECTIONS).writeStartObject();
      tables.forEach((table, collections) -> {
        json.writeName(table).writeStartArray();
        collections.forEach(each -> collectionOf(json, each));
        json.writeEndArray();
      });
      json.writeEndObject();
    }
  }

  /** Whether a response distinguishes read and write units: only those of transactions do. */
  enum Kind {
    UNSAID(""),
    READ("ReadCapacityUnits"),
    WRITE("WriteCapacityUnits");

    private final String member;

    Kind(String member) {
      this.member = member;
    }
  }

  private static void capacity(JsonOutput json, ConsumedCapacity consumed, Kind kind) {
    json.writeStartObject();
    units(json, consumed.units(), kind);
    json.writeStringProperty("TableName", consumed.table().value());
    if (consumed.byIndex()) {
      json.writeName("Table").writeStartObject();
      units(json, consumed.tableUnits(), kind);
      json.writeEndObject();
      indexes(json, "LocalSecondaryIndexes", consumed.localIndexes(), kind);
      indexes(json, "GlobalSecondaryIndexes", consumed.globalIndexes(), kind);
    }
    json.writeEndObject();
  }

  private static void collectionOf(JsonOutput json, ItemCollectionMetrics metrics) {
    json.writeStartObject();
    AttributeWriter.item(json, "ItemCollectionKey", metrics.key());
    json.writeName("SizeEstimateRangeGB").writeStartArray();
    json.writeNumber(metrics.lowerGigabytes());
    json.writeNumber(metrics.upperGigabytes());
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void indexes(
      JsonOutput json, String name, Map<IndexName, Double> units, Kind kind) {
    if (units.isEmpty()) {
      return;
    }
    json.writeName(name).writeStartObject();
    units.forEach((index, each) -> {
      json.writeName(index.value()).writeStartObject();
      units(json, each, kind);
      json.writeEndObject();
    });
    json.writeEndObject();
  }

  private static void units(JsonOutput json, double units, Kind kind) {
    json.writeNumberProperty("CapacityUnits", units);
    if (kind != Kind.UNSAID) {
      json.writeNumberProperty(kind.member, units);
    }
  }
}
