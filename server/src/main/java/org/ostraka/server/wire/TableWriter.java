package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;
import tools.jackson.core.JsonGenerator;

/**
 * Writes descriptions of tables. Stateless.
 *
 * <p>A table that is being deleted has no keys any more in the service's answers, nor a date.
 */
final class TableWriter {
  private TableWriter() {}

  static void table(JsonGenerator json, String name, TableDescription table, TableSize size) {
    json.writeName(name).writeStartObject();
    boolean whole = table.status() != TableStatus.DELETING;
    if (whole) {
      definitions(json, table);
    }
    json.writeStringProperty("TableName", table.name().value());
    if (whole) {
      keySchema(json, table);
    }
    json.writeStringProperty("TableStatus", table.status().name());
    if (whole) {
      instant(json, "CreationDateTime", table.created());
    }
    throughput(json, table.throughput());
    json.writeNumberProperty("TableSizeBytes", size.sizeBytes());
    json.writeNumberProperty("ItemCount", size.itemCount());
    json.writeStringProperty("TableArn", table.arn().toString());
    json.writeStringProperty("TableId", table.id().toString());
    billing(json, table);
    tableClass(json, table);
    json.writeBooleanProperty("DeletionProtectionEnabled", table.deletionProtected());
    onDemand(json, table.onDemandThroughput());
    if (whole) {
      table.warmThroughput().ifPresent(warm -> warmThroughput(json, warm));
    }
    json.writeEndObject();
  }

  private static void definitions(JsonGenerator json, TableDescription table) {
    json.writeName("AttributeDefinitions").writeStartArray();
    for (AttributeDefinition definition : table.definitions()) {
      json.writeStartObject();
      json.writeStringProperty("AttributeName", definition.name());
      json.writeStringProperty("AttributeType", definition.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void keySchema(JsonGenerator json, TableDescription table) {
    json.writeName("KeySchema").writeStartArray();
    key(json, table.key().partition(), KeyType.HASH);
    table.key().sort().ifPresent(sort -> key(json, sort, KeyType.RANGE));
    json.writeEndArray();
  }

  private static void key(JsonGenerator json, AttributeDefinition attribute, KeyType type) {
    json.writeStartObject();
    json.writeStringProperty("AttributeName", attribute.name());
    json.writeStringProperty("KeyType", type.name());
    json.writeEndObject();
  }

  private static void throughput(JsonGenerator json, ProvisionedThroughput throughput) {
    json.writeName("ProvisionedThroughput").writeStartObject();
    throughput.lastIncrease().ifPresent(at -> instant(json, "LastIncreaseDateTime", at));
    throughput.lastDecrease().ifPresent(at -> instant(json, "LastDecreaseDateTime", at));
    json.writeNumberProperty("NumberOfDecreasesToday", throughput.decreasesToday());
    json.writeNumberProperty("ReadCapacityUnits", throughput.readUnits());
    json.writeNumberProperty("WriteCapacityUnits", throughput.writeUnits());
    json.writeEndObject();
  }

  private static void billing(JsonGenerator json, TableDescription table) {
    if (!table.billing().isShown()) {
      return;
    }
    json.writeName("BillingModeSummary").writeStartObject();
    json.writeStringProperty("BillingMode", table.billing().mode().name());
    table
        .billing()
        .lastUpdateToPayPerRequest()
        .ifPresent(at -> instant(json, "LastUpdateToPayPerRequestDateTime", at));
    json.writeEndObject();
  }

  private static void tableClass(JsonGenerator json, TableDescription table) {
    table
        .tableClass()
        .ifPresent(summary -> {
          json.writeName("TableClassSummary").writeStartObject();
          json.writeStringProperty("TableClass", summary.tableClass().name());
          summary.lastUpdate().ifPresent(at -> instant(json, "LastUpdateDateTime", at));
          json.writeEndObject();
        });
  }

  private static void onDemand(JsonGenerator json, OnDemandThroughput maximum) {
    if (maximum.equals(OnDemandThroughput.UNLIMITED)) {
      return;
    }
    json.writeName("OnDemandThroughput").writeStartObject();
    units(json, "MaxReadRequestUnits", maximum.maxReadUnits());
    units(json, "MaxWriteRequestUnits", maximum.maxWriteUnits());
    json.writeEndObject();
  }

  private static void units(JsonGenerator json, String name, OptionalLong units) {
    units.ifPresent(present -> json.writeNumberProperty(name, present));
  }

  private static void warmThroughput(JsonGenerator json, WarmThroughput warm) {
    json.writeName("WarmThroughput").writeStartObject();
    json.writeNumberProperty("ReadUnitsPerSecond", warm.readUnits());
    json.writeNumberProperty("WriteUnitsPerSecond", warm.writeUnits());
    json.writeStringProperty("Status", TableStatus.ACTIVE.name());
    json.writeEndObject();
  }

  /** Seconds since 1970 with up to three decimals. */
  private static void instant(JsonGenerator json, String name, Instant instant) {
    BigDecimal seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
    json.writeName(name).writeNumber(seconds.toPlainString());
  }
}
