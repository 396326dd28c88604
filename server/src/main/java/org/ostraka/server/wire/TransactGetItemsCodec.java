package org.ostraka.server.wire;

import java.util.Optional;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.TransactGetItems;

/** TransactGetItems on the wire. Stateless. */
final class TransactGetItemsCodec
    implements OperationCodec<TransactGetItems.Request, TransactGetItems.Response> {
  private static final Shape.Structure GET =
      new Shape.Structure(
          "Get",
          Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
          Shape.Member.required("Key", Shapes.ATTRIBUTES),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TransactGetItemsInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.required(
              "TransactItems",
              TransactItems.of(
                  new Shape.Structure("TransactGetItem", Shape.Member.required("Get", GET)))));

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public TransactGetItems.Request request(Members members, RequestHead head) {
    return new TransactGetItems.Request(
        members.parts("TransactItems").stream().map(TransactGetItemsCodec::get).toList(),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(TransactGetItems.Response response, JsonOutput json) {
    json.writeName("Responses").writeStartArray();
    response.items().forEach(item -> itemResponse(json, item));
    json.writeEndArray();
    ItemResponses.capacities(json, response.consumedCapacity(), ItemResponses.Kind.READ);
  }

  private static TransactGetItems.Get get(InTurn part) {
    Members get = part.members().requiredStructure("Get");
    return new TransactGetItems.Get(
        get.requiredText("TableName"),
        get.requiredItem("Key"),
        get.text("ProjectionExpression"),
        get.textMap("ExpressionAttributeNames"),
        part.badValue().orElse(null));
  }

  private static void itemResponse(JsonOutput json, Optional<Item> item) {
    json.writeStartObject();
    ItemResponses.item(json, "Item", item.orElse(null));
    json.writeEndObject();
  }
}
