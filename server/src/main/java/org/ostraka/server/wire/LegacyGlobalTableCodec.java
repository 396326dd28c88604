package org.ostraka.server.wire;

import org.ostraka.model.operation.LegacyGlobalTable;

/**
 * An operation on a global table of version 2017.11.29 on the wire. Immutable.
 *
 * @param shape the shape of its requests; members for auto scaling are not checked
 */
record LegacyGlobalTableCodec(Shape.Structure shape)
    implements OperationCodec<LegacyGlobalTable.Request, LegacyGlobalTable.Response> {
  private static final String REPLICA_UPDATES = "ReplicaUpdates";
  private static final int MAX_REPLICAS = 50;
  private static final Shape UNITS = new Shape.Whole(Shape.Width.LONG, 1, Long.MAX_VALUE);
  private static final Shape.Member NAME =
      Shape.Member.required("GlobalTableName", Shapes.TABLE_NAME_ONLY);
  private static final Shape.Member REGION = Shape.Member.required("RegionName", Shapes.TEXT);

  /** Returns the codec of CreateGlobalTable. */
  static LegacyGlobalTableCodec create() {
    Shape replica =
        new Shape.Structure("Replica", Shape.Member.optional("RegionName", Shapes.TEXT));
    return new LegacyGlobalTableCodec(
        new Shape.Structure(
            "CreateGlobalTableInput",
            NAME,
            Shape.Member.required(
                "ReplicationGroup", new Shape.ListOf(replica, 0, Integer.MAX_VALUE))));
  }

  /** Returns the codec of UpdateGlobalTable. */
  static LegacyGlobalTableCodec update() {
    Shape update =
        new Shape.Structure(
            "ReplicaUpdate",
            Shape.Member.optional("Create", new Shape.Structure("CreateReplicaAction", REGION)),
            Shape.Member.optional("Delete", new Shape.Structure("DeleteReplicaAction", REGION)));
    return new LegacyGlobalTableCodec(
        new Shape.Structure(
            "UpdateGlobalTableInput",
            NAME,
            Shape.Member.required(
                REPLICA_UPDATES, new Shape.ListOf(update, 0, Integer.MAX_VALUE))));
  }

  /** Returns the codec of DescribeGlobalTable. */
  static LegacyGlobalTableCodec describe() {
    return new LegacyGlobalTableCodec(new Shape.Structure("DescribeGlobalTableInput", NAME));
  }

  /** Returns the codec of DescribeGlobalTableSettings. */
  static LegacyGlobalTableCodec describeSettings() {
    return new LegacyGlobalTableCodec(
        new Shape.Structure("DescribeGlobalTableSettingsInput", NAME));
  }

  /** Returns the codec of UpdateGlobalTableSettings. */
  static LegacyGlobalTableCodec updateSettings() {
    Shape replica =
        new Shape.Structure(
            "ReplicaSettingsUpdate",
            REGION,
            Shape.Member.optional("ReplicaProvisionedReadCapacityUnits", UNITS),
            Shape.Member.optional(
                "ReplicaTableClass",
                new Shape.Text(TextRule.oneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS"))));
    return new LegacyGlobalTableCodec(
        new Shape.Structure(
            "UpdateGlobalTableSettingsInput",
            NAME,
            Shape.Member.optional("GlobalTableBillingMode", Shapes.BILLING_MODE),
            Shape.Member.optional("GlobalTableProvisionedWriteCapacityUnits", UNITS),
            Shape.Member.optional(
                "ReplicaSettingsUpdate", new Shape.ListOf(replica, 1, MAX_REPLICAS))));
  }

  @Override
  public LegacyGlobalTable.Request request(Members members, RequestHead head) {
    int changes =
        members.values().containsKey(REPLICA_UPDATES)
            ? members.structures(REPLICA_UPDATES).size()
            : 0;
    return new LegacyGlobalTable.Request(members.requiredText("GlobalTableName"), changes);
  }

  @Override
  public void response(LegacyGlobalTable.Response response, JsonOutput json) {
    throw new AssertionError("every request is refused");
  }
}
