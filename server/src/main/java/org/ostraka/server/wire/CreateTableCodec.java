package org.ostraka.server.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.KeyType;
import org.ostraka.model.Limits;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableSize;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import tools.jackson.core.JsonGenerator;

/** CreateTable on the wire. Stateless. */
final class CreateTableCodec implements OperationCodec<CreateTable.Request, CreateTable.Response> {
  private static final int MAX_TABLE_KEYS = 2;

  private static final Shape.Structure ELEMENT =
      new Shape.Structure(
          "KeySchemaElement",
          Shape.Member.required("AttributeName", Shapes.KEY_NAME),
          Shape.Member.required("KeyType", new Shape.Text(TextRule.oneOf("HASH", "RANGE"))));

  private static final Shape PROJECTION =
      new Shape.Structure(
          "Projection",
          Shape.Member.optional(
              "ProjectionType", new Shape.Text(TextRule.oneOf("ALL", "INCLUDE", "KEYS_ONLY"))),
          Shape.Member.optional(
              "NonKeyAttributes", new Shape.ListOf(Shapes.KEY_NAME, 1, Limits.INDEX_ATTRIBUTES)));

  private static final Shape.Structure LOCAL_INDEX =
      new Shape.Structure(
          "LocalSecondaryIndex",
          Shape.Member.required("IndexName", Shapes.INDEX_NAME),
          Shape.Member.required("KeySchema", new Shape.ListOf(ELEMENT, 1, MAX_TABLE_KEYS)),
          Shape.Member.required("Projection", PROJECTION));

  private static final Shape.Structure GLOBAL_INDEX =
      new Shape.Structure(
          "GlobalSecondaryIndex",
          Shape.Member.required("KeySchema", new Shape.ListOf(ELEMENT, 1, Integer.MAX_VALUE)),
          Shape.Member.required("Projection", PROJECTION),
          Shape.Member.required("IndexName", Shapes.INDEX_NAME),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.later("WarmThroughput"));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CreateTableInput",
          Shape.Member.required("AttributeDefinitions", Shapes.DEFINITIONS),
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional("BillingMode", Shapes.BILLING_MODE),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.required("KeySchema", new Shape.ListOf(ELEMENT, 1, MAX_TABLE_KEYS)),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("TableClass", new Shape.Text()),
          Shape.Member.optional("DeletionProtectionEnabled", Shapes.FLAG),
          Shape.Member.optional(
              "GlobalSecondaryIndexes", new Shape.ListOf(GLOBAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.optional(
              "LocalSecondaryIndexes", new Shape.ListOf(LOCAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.later("VectorIndexes"),
          Shape.Member.later("StreamSpecification"),
          Shape.Member.later("SSESpecification"),
          Shape.Member.later("Tags"),
          Shape.Member.later("WarmThroughput"),
          Shape.Member.later("ResourcePolicy"),
          Shape.Member.later("GlobalTableSourceArn"),
          Shape.Member.later("GlobalTableSettingsReplicationMode"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public CreateTable.Request request(Members members, RequestHead head) {
    return new CreateTable.Request(
        members.requiredText("TableName"),
        definitions(members),
        keySchema(members),
        indexes(members, "LocalSecondaryIndexes"),
        indexes(members, "GlobalSecondaryIndexes"),
        members.word("BillingMode", BillingMode.class),
        TableRequests.throughput(members),
        TableRequests.onDemandMaximum(members),
        TableRequests.tableClass(members),
        members.isTrue("DeletionProtectionEnabled"));
  }

  @Override
  public void response(CreateTable.Response response, JsonGenerator json) {
    TableWriter.table(json, "TableDescription", response.table(), TableSize.EMPTY);
  }

  private static List<AttributeDefinition> definitions(Members request) {
    return request.structures("AttributeDefinitions").stream()
        .map(definition ->
            new AttributeDefinition(
                definition.requiredText("AttributeName"),
                ScalarType.valueOf(definition.requiredText("AttributeType"))))
        .toList();
  }

  private static @Nullable List<NewIndex> indexes(Members request, String name) {
    return request.values().containsKey(name)
        ? request.structures(name).stream().map(CreateTableCodec::index).toList()
        : null;
  }

  private static NewIndex index(Members index) {
    Members projection = Objects.requireNonNull(index.structure("Projection"));
    return new NewIndex(
        index.requiredText("IndexName"),
        keySchema(index),
        projection.text("ProjectionType"),
        projection.texts("NonKeyAttributes"),
        TableRequests.throughput(index),
        TableRequests.onDemandMaximum(index));
  }

  private static List<KeySchemaElement> keySchema(Members members) {
    return members.structures("KeySchema").stream().map(CreateTableCodec::element).toList();
  }

  private static KeySchemaElement element(Members element) {
    return new KeySchemaElement(
        element.requiredText("AttributeName"), KeyType.valueOf(element.requiredText("KeyType")));
  }
}
