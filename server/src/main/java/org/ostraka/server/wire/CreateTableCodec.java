package org.ostraka.server.wire;

import org.ostraka.model.BillingMode;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableSize;
import org.ostraka.model.operation.CreateTable;

/** CreateTable on the wire. Stateless. */
final class CreateTableCodec implements OperationCodec<CreateTable.Request, CreateTable.Response> {
  private static final String SOURCE = "GlobalTableSourceArn";

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CreateTableInput",
          Shape.Member.requiredUnless(SOURCE, "AttributeDefinitions", Shapes.DEFINITIONS),
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional("BillingMode", Shapes.BILLING_MODE),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.requiredUnless(SOURCE, "KeySchema", IndexShapes.TABLE_KEY),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("TableClass", new Shape.Text()),
          Shape.Member.optional("DeletionProtectionEnabled", Shapes.FLAG),
          Shape.Member.optional(
              "GlobalSecondaryIndexes",
              new Shape.ListOf(IndexShapes.GLOBAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.optional(
              "LocalSecondaryIndexes",
              new Shape.ListOf(IndexShapes.LOCAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.later("VectorIndexes"),
          Shape.Member.optional("StreamSpecification", StreamShapes.SPECIFICATION),
          Shape.Member.optional("SSESpecification", Shapes.ENCRYPTION),
          Shape.Member.optional("Tags", TagRequests.TAGS),
          Shape.Member.optional("WarmThroughput", Shapes.WARM_THROUGHPUT),
          Shape.Member.optional("ResourcePolicy", PolicyRequests.POLICY),
          Shape.Member.optional(SOURCE, new Shape.Text(TextRule.atLeast(1), TextRule.atMost(1024))),
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
  public CreateTable.Request request(Members members, RequestHead head) {
    return new CreateTable.Request(
        members.requiredText("TableName"),
        TableRequests.definitions(members),
        TableRequests.keySchema(members),
        TableRequests.indexes(members, "LocalSecondaryIndexes"),
        TableRequests.indexes(members, "GlobalSecondaryIndexes"),
        members.word("BillingMode", BillingMode.class),
        TableRequests.throughput(members),
        TableRequests.onDemandMaximum(members),
        TableRequests.warmThroughput(members),
        TableRequests.tableClass(members),
        TableRequests.encryption(members),
        members.isTrue("DeletionProtectionEnabled"),
        TagRequests.tags(members),
        StreamShapes.specification(members),
        members.text("ResourcePolicy"),
        members.word("GlobalTableSettingsReplicationMode", SettingsReplication.class),
        members.text(SOURCE));
  }

  @Override
  public void response(CreateTable.Response response, JsonOutput json) {
    TableWriter.table(json, "TableDescription", response.table(), TableSize.EMPTY);
  }
}
