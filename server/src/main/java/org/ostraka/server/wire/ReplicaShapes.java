package org.ostraka.server.wire;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.operation.ReplicaUpdate;

/** Replicas of global tables on the wire. Stateless. */
final class ReplicaShapes {
  private static final String NAME = "ReplicaUpdates";
  private static final String REGION = "RegionName";
  private static final String OVERRIDE = "OnDemandThroughputOverride";
  private static final String READ_UNITS = "MaxReadRequestUnits";

  static final Shape.ListOf UPDATES =
      new Shape.ListOf(
          new Shape.Structure(
              "ReplicationGroupUpdate",
              Shape.Member.optional("Create", settings("CreateReplicationGroupMemberAction")),
              Shape.Member.optional("Update", settings("UpdateReplicationGroupMemberAction")),
              Shape.Member.optional(
                  "Delete",
                  new Shape.Structure(
                      "DeleteReplicationGroupMemberAction",
                      Shape.Member.required(REGION, new Shape.Text())))),
          1,
          Integer.MAX_VALUE);

  private ReplicaShapes() {}

  /** Only the maximum of reads may differ from that of the other replicas as yet. */
  private static Shape.Structure settings(String name) {
    return new Shape.Structure(
        name,
        Shape.Member.required(REGION, new Shape.Text()),
        Shape.Member.later("KMSMasterKeyId"),
        Shape.Member.later("ProvisionedThroughputOverride"),
        Shape.Member.optional(
            OVERRIDE,
            new Shape.Structure(OVERRIDE, Shape.Member.optional(READ_UNITS, Shape.Whole.ANY))),
        Shape.Member.later("GlobalSecondaryIndexes"),
        Shape.Member.later("TableClassOverride"));
  }

  /** Returns the changes of replicas, or null when they are absent. */
  static @Nullable List<ReplicaUpdate> updates(Members request) {
    return request.values().containsKey(NAME)
        ? request.structures(NAME).stream()
            .map(update ->
                new ReplicaUpdate(
                    region(update, "Create"),
                    region(update, "Update"),
                    region(update, "Delete"),
                    Stream.of("Create", "Update")
                        .map(action -> maxReadUnits(update, action))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)))
            .toList()
        : null;
  }

  private static @Nullable String region(Members update, String action) {
    Members member = update.structure(action);
    return member == null ? null : member.requiredText(REGION);
  }

  private static @Nullable Long maxReadUnits(Members update, String action) {
    Members member = update.structure(action);
    Members override = member == null ? null : member.structure(OVERRIDE);
    return override == null ? null : override.whole(READ_UNITS);
  }

  /** Writes the replicas in other regions, as one of them describes them. */
  static void write(JsonOutput json, TableDescription table, GlobalTable global) {
    Region own = table.arn().owner().region();
    if (global.shown(own).isEmpty()) {
      return;
    }
    json.writeStringProperty("GlobalTableVersion", "2019.11.21");
    json.writeName("Replicas").writeStartArray();
    for (GlobalTable.Member member : global.shown(own)) {
      json.writeStartObject();
      json.writeStringProperty(REGION, member.region().value());
      json.writeStringProperty("ReplicaStatus", status(member.state()));
      maxReadUnits(json, table, global.maxReadUnits(member.region()));
      TableWriter.warmThroughput(json, table.warmThroughput().orElse(WarmThroughput.ON_DEMAND));
      json.writeStringProperty("GlobalTableSettingsReplicationMode", "ENABLED_WITH_OVERRIDES");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("GlobalTableSettingsReplicationMode", "ENABLED_WITH_OVERRIDES");
  }

  /** An override is shown where it differs from what the describing region has. */
  private static void maxReadUnits(JsonOutput json, TableDescription table, Optional<Long> units) {
    OptionalLong own = table.onDemandThroughput().maxReadUnits();
    units
        .filter(value -> own.isEmpty() || own.getAsLong() != value)
        .ifPresent(value -> {
          json.writeName(OVERRIDE).writeStartObject();
          json.writeNumberProperty(READ_UNITS, value);
          json.writeEndObject();
        });
  }

  static String status(GlobalTable.State state) {
    return switch (state) {
      case JOINING -> "CREATING";
      case ACTIVE -> "ACTIVE";
      case LEFT -> "DELETING";
    };
  }
}
