package org.ostraka.server.wire;

import org.ostraka.model.BackupDescription;
import org.ostraka.model.BackupDetails;
import org.ostraka.model.BillingMode;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.LatestStream;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TimeToLiveStatus;

/**
 * Writes descriptions of backups. Stateless.
 *
 * <p>The shapes are those that findings BACKUP-004, 009, 011 and 021, and 083 of
 * aws-controllers-k8s show (October 2026).
 */
final class BackupWriter {
  private BackupWriter() {}

  static void details(JsonOutput json, BackupDetails details) {
    json.writeName("BackupDetails").writeStartObject();
    detailMembers(json, details);
    json.writeEndObject();
  }

  private static void detailMembers(JsonOutput json, BackupDetails details) {
    json.writeStringProperty("BackupArn", details.arn().toString());
    json.writeStringProperty("BackupName", details.name());
    json.writeNumberProperty("BackupSizeBytes", details.sizeBytes());
    json.writeStringProperty("BackupStatus", details.status().name());
    json.writeStringProperty("BackupType", details.type().name());
    TableWriter.instant(json, "BackupCreationDateTime", details.created());
    details.expiry().ifPresent(expiry -> TableWriter.instant(json, "BackupExpiryDateTime", expiry));
  }

  static void summary(JsonOutput json, BackupDescription backup) {
    json.writeStartObject();
    json.writeStringProperty("TableName", backup.table().name().value());
    json.writeStringProperty("TableId", backup.table().id().toString());
    json.writeStringProperty("TableArn", backup.table().arn().toString());
    detailMembers(json, backup.details());
    json.writeEndObject();
  }

  static void description(JsonOutput json, BackupDescription backup) {
    json.writeName("BackupDescription").writeStartObject();
    details(json, backup.details());
    source(json, backup);
    features(json, backup);
    json.writeEndObject();
  }

  private static void source(JsonOutput json, BackupDescription backup) {
    TableDescription table = backup.table();
    json.writeName("SourceTableDetails").writeStartObject();
    json.writeStringProperty("TableName", table.name().value());
    json.writeStringProperty("TableId", table.id().toString());
    json.writeStringProperty("TableArn", table.arn().toString());
    json.writeNumberProperty("TableSizeBytes", backup.size().sizeBytes());
    TableWriter.keySchema(json, table.key());
    TableWriter.instant(json, "TableCreationDateTime", table.created());
    units(json, table.throughput().readUnits(), table.throughput().writeUnits());
    TableWriter.onDemand(json, table.onDemandThroughput());
    json.writeNumberProperty("ItemCount", backup.size().itemCount());
    json.writeStringProperty("BillingMode", table.billing().mode().name());
    json.writeEndObject();
  }

  private static void units(JsonOutput json, long read, long write) {
    json.writeName("ProvisionedThroughput").writeStartObject();
    json.writeNumberProperty("ReadCapacityUnits", read);
    json.writeNumberProperty("WriteCapacityUnits", write);
    json.writeEndObject();
  }

  private static void features(JsonOutput json, BackupDescription backup) {
    TableDescription table = backup.table();
    json.writeName("SourceTableFeatureDetails").writeStartObject();
    if (!table.localIndexes().isEmpty()) {
      json.writeName("LocalSecondaryIndexes").writeStartArray();
      for (LocalIndex index : table.localIndexes()) {
        json.writeStartObject();
        TableWriter.indexKey(json, index);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!table.globalIndexes().isEmpty()) {
      json.writeName("GlobalSecondaryIndexes").writeStartArray();
      for (GlobalIndex index : table.globalIndexes()) {
        json.writeStartObject();
        TableWriter.indexKey(json, index);
        units(json, index.throughput().readUnits(), index.throughput().writeUnits());
        if (table.billing().mode() == BillingMode.PAY_PER_REQUEST) {
          TableWriter.onDemand(json, index.onDemandThroughput());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    table.stream()
        .flatMap(LatestStream::viewType)
        .ifPresent(shown -> {
          json.writeName("StreamDescription").writeStartObject();
          json.writeBooleanProperty("StreamEnabled", true);
          json.writeStringProperty("StreamViewType", shown.name());
          json.writeEndObject();
        });
    if (backup.timeToLive().status() != TimeToLiveStatus.DISABLED) {
      json.writeName("TimeToLiveDescription").writeStartObject();
      json.writeStringProperty("TimeToLiveStatus", backup.timeToLive().status().name());
      backup
          .timeToLive()
          .attributeName()
          .ifPresent(name -> json.writeStringProperty("AttributeName", name));
      json.writeEndObject();
    }
    TableWriter.encryption(json, table);
    json.writeEndObject();
  }

  static void continuous(JsonOutput json, ContinuousBackups backups) {
    json.writeName("ContinuousBackupsDescription").writeStartObject();
    json.writeStringProperty("ContinuousBackupsStatus", status(backups.enabled()));
    json.writeName("PointInTimeRecoveryDescription").writeStartObject();
    json.writeStringProperty(
        "PointInTimeRecoveryStatus", status(backups.pointInTime().isPresent()));
    backups
        .pointInTime()
        .ifPresent(window -> {
          json.writeNumberProperty("RecoveryPeriodInDays", window.days());
          TableWriter.instant(json, "EarliestRestorableDateTime", window.earliest());
          TableWriter.instant(json, "LatestRestorableDateTime", window.latest());
        });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String status(boolean enabled) {
    return enabled ? "ENABLED" : "DISABLED";
  }
}
