package org.ostraka.server.wire;

import org.ostraka.model.BillingMode;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.operation.UpdateTable;

/** UpdateTable on the wire. Stateless. */
final class UpdateTableCodec implements OperationCodec<UpdateTable.Request, UpdateTable.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateTableInput",
          // Only new indexes need definitions; beside other changes the service checks and ignores
          // them.
          Shape.Member.optional("AttributeDefinitions", Shapes.DEFINITIONS),
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional("BillingMode", Shapes.BILLING_MODE),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("TableClass", new Shape.Text()),
          Shape.Member.optional("DeletionProtectionEnabled", Shapes.FLAG),
          Shape.Member.optional("GlobalSecondaryIndexUpdates", IndexShapes.UPDATES),
          Shape.Member.later("VectorIndexUpdates"),
          Shape.Member.optional("StreamSpecification", StreamShapes.SPECIFICATION),
          Shape.Member.optional("SSESpecification", Shapes.ENCRYPTION),
          Shape.Member.optional("ReplicaUpdates", ReplicaShapes.UPDATES),
          Shape.Member.later("GlobalTableWitnessUpdates"),
          Shape.Member.later("MultiRegionConsistency"),
          Shape.Member.optional("DisassociationProtectionEnabled", Shapes.FLAG),
          Shape.Member.optional("WarmThroughput", Shapes.WARM_THROUGHPUT),
          Shape.Member.optional("GlobalTableSettingsReplicationMode", Shapes.SETTINGS_REPLICATION));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateTable.Request request(Members members, RequestHead head) {
    return new UpdateTable.Request(
        members.requiredText("TableName"),
        members.values().containsKey("AttributeDefinitions")
            ? TableRequests.definitions(members)
            : null,
        members.word("BillingMode", BillingMode.class),
        TableRequests.throughput(members),
        TableRequests.onDemandMaximum(members),
        TableRequests.warmThroughput(members),
        TableRequests.tableClass(members),
        TableRequests.encryption(members),
        members.flag("DeletionProtectionEnabled"),
        TableRequests.indexUpdates(members),
        StreamShapes.specification(members),
        ReplicaShapes.updates(members),
        members.flag("DisassociationProtectionEnabled"),
        members.word("GlobalTableSettingsReplicationMode", SettingsReplication.class));
  }

  @Override
  public void response(UpdateTable.Response response, JsonOutput json) {
    TableWriter.table(json, "TableDescription", response.table(), response.size());
  }
}
