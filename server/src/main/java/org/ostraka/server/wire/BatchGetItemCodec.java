package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.BatchGetItem.KeysOfTable;

/** BatchGetItem on the wire. Stateless. */
final class BatchGetItemCodec
    implements OperationCodec<BatchGetItem.Request, BatchGetItem.Response> {
  private static final Shape KEYS =
      new Shape.ListOf(
          new Shape.Part(Shapes.ATTRIBUTES), 1, Limits.BATCH_GET_KEYS, Shape.Wording.WITHOUT_VALUE);

  private static final Shape.Structure KEYS_AND_ATTRIBUTES =
      new Shape.Structure(
          "KeysAndAttributes",
          Shape.Member.required("Keys", KEYS),
          Shape.Member.optional("AttributesToGet", Shapes.ATTRIBUTE_NAMES),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchGetItemInput",
          Shape.Member.required(
              "RequestItems", new Shape.ByTable(KEYS_AND_ATTRIBUTES, Shape.Echo.JSON)),
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY));

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public BatchGetItem.Request request(Members members, RequestHead head) {
    return new BatchGetItem.Request(
        members.byTable("RequestItems", (table, value) -> keysOfTable(table, (Members) value)),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(BatchGetItem.Response response, JsonOutput json) {
    json.writeName("Responses").writeStartObject();
    response
        .items()
        .forEach((table, items) -> {
          json.writeName(table);
          array(json, items);
        });
    json.writeEndObject();
    json.writeName("UnprocessedKeys").writeStartObject();
    response.unprocessed().forEach(table -> unprocessed(json, table));
    json.writeEndObject();
    ItemResponses.capacities(json, response.consumedCapacity(), ItemResponses.Kind.UNSAID);
  }

  private static KeysOfTable keysOfTable(String table, Members members) {
    List<Item> keys = new ArrayList<>();
    Optional<String> badValue = Optional.empty();
    for (InTurn key : members.parts("Keys")) {
      badValue = key.badValue();
      if (badValue.isPresent()) {
        break;
      }
      keys.add(key.item());
    }
    return new KeysOfTable(
        table,
        keys,
        badValue.orElse(null),
        members.texts("AttributesToGet"),
        members.text("ProjectionExpression"),
        members.textMap("ExpressionAttributeNames"),
        members.flag("ConsistentRead"));
  }

  private static void unprocessed(JsonOutput json, KeysOfTable table) {
    json.writeName(table.tableName()).writeStartObject();
    json.writeName("Keys");
    array(json, table.keys());
    if (table.attributesToGet() != null) {
      json.writeName("AttributesToGet").writeStartArray();
      table.attributesToGet().forEach(json::writeString);
      json.writeEndArray();
    }
    if (table.consistentRead() != null) {
      json.writeBooleanProperty("ConsistentRead", table.isConsistent());
    }
    if (table.projectionExpression() != null) {
      json.writeStringProperty("ProjectionExpression", table.projectionExpression());
    }
    if (table.names() != null) {
      json.writeName("ExpressionAttributeNames").writeStartObject();
      table.names().forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void array(JsonOutput json, List<Item> items) {
    json.writeStartArray();
    items.forEach(item -> AttributeWriter.element(json, item));
    json.writeEndArray();
  }
}
