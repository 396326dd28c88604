package org.ostraka.server.wire;

import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.ReplicaSetting;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableDescription;
import org.ostraka.model.WarmThroughput;

/**
 * The replicas in other regions, as one of them describes them. Stateless.
 *
 * <p>Settings that a replica has for itself are shown where they differ from those of the
 * describing region; a table class is shown where one was chosen (Q-229, Q-250, Q-252, Q-294,
 *
 */
final class ReplicaWriter {
  private ReplicaWriter() {}

  /** Writes the replicas that there are, and what only replicas have. */
  static void write(JsonOutput json, TableDescription table, GlobalTable global) {
    Region own = table.arn().owner().region();
    json.writeStringProperty("GlobalTableVersion", "2019.11.21");
    json.writeName("Replicas").writeStartArray();
    for (GlobalTable.Member member : global.shown(own)) {
      json.writeStartObject();
      replica(json, table, global, member);
      json.writeEndObject();
    }
    json.writeEndArray();
    TableWriter.settingsReplication(json, mode(global));
  }

  private static void replica(
      JsonOutput json, TableDescription table, GlobalTable global, GlobalTable.Member member) {
    Region region = member.region();
    json.writeStringProperty("RegionName", region.value());
    boolean severalAccounts = global.hasSeveralAccounts();
    if (severalAccounts) {
      json.writeStringProperty("ReplicaArn", global.replica(table.arn(), region).toString());
    }
    json.writeStringProperty("ReplicaStatus", status(global, member));
    if (!severalAccounts && table.encryption().isPresent()) {
      global
          .value(ReplicaSetting.KEY.of(region))
          .ifPresent(arn -> json.writeStringProperty("KMSMasterKeyId", arn));
    }
    if (isProvisioned(table)) {
      readUnits(json, table.throughput(), global.value(ReplicaSetting.READ_UNITS.of(region)));
    }
    maximum(json, table.onDemandThroughput(), global.value(ReplicaSetting.READ_MAXIMUM.of(region)));
    TableWriter.warmThroughput(json, table.warmThroughput().orElse(WarmThroughput.ON_DEMAND));
    indexes(json, table, global, region);
    tableClass(json, global, region);
    TableWriter.settingsReplication(json, mode(global));
  }

  private static SettingsReplication mode(GlobalTable global) {
    return global.hasSeveralAccounts()
        ? SettingsReplication.ENABLED
        : SettingsReplication.ENABLED_WITH_OVERRIDES;
  }

  private static String status(GlobalTable global, GlobalTable.Member member) {
    return member.state() == GlobalTable.State.ACTIVE
            && global.notAuthorizedSince(member.region()).isPresent()
        ? TableWriter.NOT_AUTHORIZED
        : status(member.state());
  }

  private static void indexes(
      JsonOutput json, TableDescription table, GlobalTable global, Region region) {
    if (table.globalIndexes().stream().allMatch(ReplicaWriter::isLeaving)) {
      return;
    }
    json.writeName("GlobalSecondaryIndexes").writeStartArray();
    for (GlobalIndex index : table.globalIndexes()) {
      if (isLeaving(index)) {
        continue;
      }
      json.writeStartObject();
      json.writeStringProperty("IndexName", index.name().value());
      if (isProvisioned(table)) {
        readUnits(
            json,
            index.throughput(),
            global.value(ReplicaSetting.READ_UNITS.of(region, index.name())));
      }
      maximum(
          json,
          index.onDemandThroughput(),
          global.value(ReplicaSetting.READ_MAXIMUM.of(region, index.name())));
      TableWriter.warmThroughput(json, index.warmThroughput().orElse(WarmThroughput.ON_DEMAND));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static boolean isLeaving(GlobalIndex index) {
    return index.status() == IndexStatus.DELETING;
  }

  private static boolean isProvisioned(TableDescription table) {
    return table.billing().mode() == BillingMode.PROVISIONED;
  }

  private static void readUnits(
      JsonOutput json, ProvisionedThroughput own, Optional<String> theirs) {
    theirs
        .map(Long::valueOf)
        .filter(units -> units != own.readUnits())
        .ifPresent(units -> {
          json.writeName("ProvisionedThroughputOverride").writeStartObject();
          json.writeNumberProperty("ReadCapacityUnits", units);
          json.writeEndObject();
        });
  }

  private static void maximum(JsonOutput json, OnDemandThroughput own, Optional<String> theirs) {
    OptionalLong reads = own.maxReadUnits();
    theirs
        .map(Long::valueOf)
        .filter(units -> reads.isEmpty() || reads.getAsLong() != units)
        .ifPresent(units -> {
          json.writeName("OnDemandThroughputOverride").writeStartObject();
          json.writeNumberProperty("MaxReadRequestUnits", units);
          json.writeEndObject();
        });
  }

  private static void tableClass(JsonOutput json, GlobalTable global, Region region) {
    GlobalTable.Setting chosen = global.settings().get(ReplicaSetting.TABLE_CLASS.of(region));
    if (chosen == null || chosen.value().isEmpty()) {
      return;
    }
    json.writeName("ReplicaTableClassSummary").writeStartObject();
    json.writeStringProperty("TableClass", chosen.value());
    TableWriter.instant(json, "LastUpdateDateTime", chosen.edition().time());
    json.writeEndObject();
  }

  static String status(GlobalTable.State state) {
    return switch (state) {
      case JOINING -> "CREATING";
      case ACTIVE -> "ACTIVE";
      case LEFT -> "DELETING";
    };
  }
}
