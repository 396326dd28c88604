package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Index;
import org.ostraka.model.KeyType;
import org.ostraka.model.LatestStream;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;

/**
 * Writes descriptions of tables. Stateless.
 *
 * <p>The description of a table in DELETING has no keys and no date, like the service's.
 */
final class TableWriter {
  /** The status of a replica whose policy does not allow the replication between accounts. */
  static final String NOT_AUTHORIZED = "REPLICATION_NOT_AUTHORIZED";

  private TableWriter() {}

  static void table(JsonOutput json, String name, TableDescription table, TableSize size) {
    table(json, name, table, size, Optional.empty());
  }

  /** Writes the description of a table that is being restored. */
  static void restored(JsonOutput json, TableDescription table, RestoreSummary from) {
    table(json, "TableDescription", table, TableSize.EMPTY, Optional.of(from));
  }

  /**
   * Writes a table.
   *
   * @param restoration what it is being restored from; absent when it is not
   */
  static void table(
      JsonOutput json,
      String name,
      TableDescription table,
      TableSize size,
      Optional<RestoreSummary> restoration) {
    json.writeName(name).writeStartObject();
    boolean whole = table.status() != TableStatus.DELETING;
    if (whole) {
      definitions(json, table);
    }
    json.writeStringProperty("TableName", table.name().value());
    if (whole) {
      keySchema(json, table.key());
    }
    json.writeStringProperty("TableStatus", status(table));
    if (whole) {
      instant(json, "CreationDateTime", table.created());
    }
    throughput(json, table.throughput());
    json.writeNumberProperty("TableSizeBytes", size.sizeBytes());
    json.writeNumberProperty("ItemCount", size.itemCount());
    json.writeStringProperty("TableArn", table.arn().toString());
    json.writeStringProperty("TableId", table.id().toString());
    billing(json, table);
    encryption(json, table);
    tableClass(json, table);
    if (whole) {
      localIndexes(json, table, size);
      globalIndexes(json, table, size);
    }
    if (whole) {
      table.stream().ifPresent(latest -> stream(json, table, latest));
      replicas(json, table);
    }
    json.writeBooleanProperty("DeletionProtectionEnabled", table.deletionProtected());
    onDemand(json, table.onDemandThroughput());
    if (whole) {
      table.warmThroughput().ifPresent(warm -> warmThroughput(json, warm));
    }
    restoration.ifPresent(from -> restoration(json, from));
    json.writeEndObject();
  }

  private static void restoration(JsonOutput json, RestoreSummary from) {
    json.writeName("RestoreSummary").writeStartObject();
    from.backupArn().ifPresent(arn -> json.writeStringProperty("SourceBackupArn", arn));
    json.writeStringProperty("SourceTableArn", from.source().toString());
    instant(json, "RestoreDateTime", from.moment());
    json.writeBooleanProperty("RestoreInProgress", true);
    json.writeEndObject();
  }

  static void definitions(JsonOutput json, TableDescription table) {
    json.writeName("AttributeDefinitions").writeStartArray();
    for (AttributeDefinition definition : table.definitions()) {
      json.writeStartObject();
      json.writeStringProperty("AttributeName", definition.name());
      json.writeStringProperty("AttributeType", definition.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void keySchema(JsonOutput json, TableKey key) {
    json.writeName("KeySchema").writeStartArray();
    key(json, key.partition(), KeyType.HASH);
    key.sort().ifPresent(sort -> key(json, sort, KeyType.RANGE));
    json.writeEndArray();
  }

  /** Writes the stream; one that is disabled leaves its name. */
  private static void stream(JsonOutput json, TableDescription table, LatestStream latest) {
    latest
        .viewType()
        .ifPresent(shown ->
            json.writeName("StreamSpecification")
                .writeObject(specification -> {
                  specification.writeBooleanProperty("StreamEnabled", true);
                  specification.writeStringProperty("StreamViewType", shown.name());
                }));
    json.writeStringProperty("LatestStreamLabel", latest.label());
    json.writeStringProperty(
        "LatestStreamArn", new StreamArn(table.arn(), latest.label()).toString());
  }

  private static void replicas(JsonOutput json, TableDescription table) {
    Region own = table.arn().owner().region();
    Optional<GlobalTable> shown = table.global().filter(global -> !global.shown(own).isEmpty());
    if (shown.isPresent()) {
      ReplicaWriter.write(json, table, shown.get());
    } else {
      table.settingsReplication().ifPresent(mode -> settingsReplication(json, mode));
    }
  }

  /** A replica shows, too, that its policy does not allow the replication between accounts. */
  private static String status(TableDescription table) {
    Region own = table.arn().owner().region();
    boolean missing = table.global().flatMap(global -> global.notAuthorizedSince(own)).isPresent();
    return missing && table.status() == TableStatus.ACTIVE ? NOT_AUTHORIZED : table.status().name();
  }

  static void settingsReplication(JsonOutput json, SettingsReplication mode) {
    json.writeStringProperty("GlobalTableSettingsReplicationMode", mode.name());
  }

  private static void key(JsonOutput json, AttributeDefinition attribute, KeyType type) {
    json.writeStartObject();
    json.writeStringProperty("AttributeName", attribute.name());
    json.writeStringProperty("KeyType", type.name());
    json.writeEndObject();
  }

  private static void localIndexes(JsonOutput json, TableDescription table, TableSize size) {
    if (table.localIndexes().isEmpty()) {
      return;
    }
    json.writeName("LocalSecondaryIndexes").writeStartArray();
    for (LocalIndex index : table.localIndexes()) {
      json.writeStartObject();
      indexKey(json, index);
      indexSize(json, index, table, size);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void globalIndexes(JsonOutput json, TableDescription table, TableSize size) {
    if (table.globalIndexes().isEmpty()) {
      return;
    }
    json.writeName("GlobalSecondaryIndexes").writeStartArray();
    for (GlobalIndex index : table.globalIndexes()) {
      json.writeStartObject();
      indexKey(json, index);
      json.writeStringProperty("IndexStatus", index.status().name());
      index.backfilling().ifPresent(begun -> json.writeBooleanProperty("Backfilling", begun));
      throughput(json, index.throughput());
      indexSize(json, index, table, size);
      onDemand(json, index.onDemandThroughput());
      index.warmThroughput().ifPresent(warm -> warmThroughput(json, warm));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void indexKey(JsonOutput json, Index index) {
    json.writeStringProperty("IndexName", index.name().value());
    json.writeName("KeySchema").writeStartArray();
    index.key().partition().forEach(attribute -> key(json, attribute, KeyType.HASH));
    index.key().sort().forEach(attribute -> key(json, attribute, KeyType.RANGE));
    json.writeEndArray();
    json.writeName("Projection").writeStartObject();
    json.writeStringProperty("ProjectionType", index.projection().type().name());
    if (!index.projection().nonKeyAttributes().isEmpty()) {
      json.writeName("NonKeyAttributes").writeStartArray();
      index.projection().nonKeyAttributes().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void indexSize(
      JsonOutput json, Index index, TableDescription table, TableSize size) {
    TableSize own = size.ofIndex(index.name());
    json.writeNumberProperty("IndexSizeBytes", own.sizeBytes());
    json.writeNumberProperty("ItemCount", own.itemCount());
    json.writeStringProperty("IndexArn", table.arn() + "/index/" + index.name());
  }

  static void throughput(JsonOutput json, ProvisionedThroughput throughput) {
    json.writeName("ProvisionedThroughput").writeStartObject();
    throughput.lastIncrease().ifPresent(at -> instant(json, "LastIncreaseDateTime", at));
    throughput.lastDecrease().ifPresent(at -> instant(json, "LastDecreaseDateTime", at));
    json.writeNumberProperty("NumberOfDecreasesToday", throughput.decreasesToday());
    json.writeNumberProperty("ReadCapacityUnits", throughput.readUnits());
    json.writeNumberProperty("WriteCapacityUnits", throughput.writeUnits());
    json.writeEndObject();
  }

  private static void billing(JsonOutput json, TableDescription table) {
    // a replica does not show it.
    if (!table.billing().isShown() || table.global().isPresent()) {
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

  static void encryption(JsonOutput json, TableDescription table) {
    table
        .encryption()
        .ifPresent(encryption -> {
          json.writeName("SSEDescription").writeStartObject();
          json.writeStringProperty("Status", encryption.isUpdating() ? "UPDATING" : "ENABLED");
          encryption
              .keyArn()
              .ifPresent(arn -> {
                json.writeStringProperty("SSEType", "KMS");
                json.writeStringProperty("KMSMasterKeyArn", arn);
              });
          encryption
              .inaccessibleSince()
              .ifPresent(since -> instant(json, "InaccessibleEncryptionDateTime", since));
          json.writeEndObject();
        });
  }

  private static void tableClass(JsonOutput json, TableDescription table) {
    table
        .tableClass()
        .ifPresent(summary -> {
          json.writeName("TableClassSummary").writeStartObject();
          json.writeStringProperty("TableClass", summary.tableClass().name());
          summary.lastUpdate().ifPresent(at -> instant(json, "LastUpdateDateTime", at));
          json.writeEndObject();
        });
  }

  static void onDemand(JsonOutput json, OnDemandThroughput maximum) {
    if (maximum.equals(OnDemandThroughput.UNLIMITED)) {
      return;
    }
    json.writeName("OnDemandThroughput").writeStartObject();
    units(json, "MaxReadRequestUnits", maximum.maxReadUnits());
    units(json, "MaxWriteRequestUnits", maximum.maxWriteUnits());
    json.writeEndObject();
  }

  private static void units(JsonOutput json, String name, OptionalLong units) {
    units.ifPresent(present -> json.writeNumberProperty(name, present));
  }

  static void warmThroughput(JsonOutput json, WarmThroughput warm) {
    json.writeName("WarmThroughput").writeStartObject();
    json.writeNumberProperty("ReadUnitsPerSecond", warm.readUnits());
    json.writeNumberProperty("WriteUnitsPerSecond", warm.writeUnits());
    TableStatus status = warm.isUpdating() ? TableStatus.UPDATING : TableStatus.ACTIVE;
    json.writeStringProperty("Status", status.name());
    json.writeEndObject();
  }

  /** Writes seconds since 1970 with up to three decimals. */
  static void instant(JsonOutput json, String name, Instant instant) {
    BigDecimal seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
    json.writeName(name).writeNumber(seconds.toPlainString());
  }
}
