package org.ostraka.server.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;

/** Replicas of global tables on the wire. Stateless. */
final class ReplicaShapes {
  private static final String NAME = "ReplicaUpdates";
  private static final String REGION = "RegionName";
  private static final String DISASSOCIATE = "Disassociate";
  private static final String KEY = "KMSMasterKeyId";
  private static final String TABLE_CLASS = "TableClassOverride";
  private static final String INDEXES = "GlobalSecondaryIndexes";
  private static final String PROVISIONED = "ProvisionedThroughputOverride";
  private static final String READ_UNITS = "ReadCapacityUnits";
  private static final String ON_DEMAND = "OnDemandThroughputOverride";
  private static final String READ_MAXIMUM = "MaxReadRequestUnits";

  private static final Shape.Member PROVISIONED_OVERRIDE =
      Shape.Member.optional(
          PROVISIONED,
          new Shape.Structure(PROVISIONED, Shape.Member.optional(READ_UNITS, Shapes.UNITS)));

  private static final Shape.Member ON_DEMAND_OVERRIDE =
      Shape.Member.optional(
          ON_DEMAND,
          new Shape.Structure(ON_DEMAND, Shape.Member.optional(READ_MAXIMUM, Shape.Whole.ANY)));

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
                      Shape.Member.required(REGION, new Shape.Text()))),
              Shape.Member.optional(
                  DISASSOCIATE,
                  new Shape.Structure(
                      "DisassociateReplicationGroupMemberAction",
                      Shape.Member.required(REGION, new Shape.Text()),
                      Shape.Member.required(
                          "DisassociationMode",
                          new Shape.Text(TextRule.oneOf("WAIT_FOR_REPLICATION")))))),
          1,
          Integer.MAX_VALUE);

  private ReplicaShapes() {}

  private static Shape.Structure settings(String name) {
    return new Shape.Structure(
        name,
        Shape.Member.required(REGION, new Shape.Text()),
        Shape.Member.optional(KEY, new Shape.Text(TextRule.atLeast(1))),
        PROVISIONED_OVERRIDE,
        ON_DEMAND_OVERRIDE,
        Shape.Member.optional(
            INDEXES,
            new Shape.ListOf(
                new Shape.Structure(
                    "ReplicaGlobalSecondaryIndex",
                    Shape.Member.required("IndexName", Shapes.INDEX_NAME),
                    PROVISIONED_OVERRIDE,
                    ON_DEMAND_OVERRIDE),
                1,
                Integer.MAX_VALUE)),
        Shape.Member.optional(TABLE_CLASS, new Shape.Text()));
  }

  /** Returns the changes of replicas, or null when they are absent. */
  static @Nullable List<ReplicaUpdate> updates(Members request) {
    return request.values().containsKey(NAME)
        ? request.structures(NAME).stream().map(ReplicaShapes::update).toList()
        : null;
  }

  private static ReplicaUpdate update(Members update) {
    Members create = update.structure("Create");
    Members change = update.structure("Update");
    Members settings = create == null ? change : create;
    return new ReplicaUpdate(
        region(create),
        region(change),
        region(update.structure("Delete")),
        region(update.structure(DISASSOCIATE)),
        settings == null ? ReplicaSettings.NONE : settings(settings));
  }

  private static @Nullable String region(@Nullable Members action) {
    return action == null ? null : action.requiredText(REGION);
  }

  private static ReplicaSettings settings(Members action) {
    return new ReplicaSettings(
        action.text(KEY),
        TableRequests.tableClass(action.text(TABLE_CLASS)),
        units(action, PROVISIONED, READ_UNITS),
        units(action, ON_DEMAND, READ_MAXIMUM),
        action.structures(INDEXES).stream()
            .map(index ->
                new ReplicaSettings.OfIndex(
                    index.requiredText("IndexName"),
                    units(index, PROVISIONED, READ_UNITS),
                    units(index, ON_DEMAND, READ_MAXIMUM)))
            .toList());
  }

  private static @Nullable Long units(Members of, String override, String name) {
    Members units = of.structure(override);
    return units == null ? null : units.whole(name);
  }
}
