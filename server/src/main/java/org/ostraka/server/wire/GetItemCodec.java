package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.GetItem;

/** GetItem on the wire. Stateless. */
final class GetItemCodec implements OperationCodec<GetItem.Request, GetItem.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetItemInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.optional("AttributesToGet", Shapes.ATTRIBUTE_NAMES),
          Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
          Shape.Member.required("Key", Shapes.ATTRIBUTES),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP));

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkBeforeValues(Members members) {
    OlderForms.refuseMixed(
        members, "", List.of("AttributesToGet"), List.of("ProjectionExpression"));
  }

  @Override
  public GetItem.Request request(Members members, RequestHead head) {
    return new GetItem.Request(
        members.requiredText("TableName"),
        members.requiredItem("Key"),
        members.texts("AttributesToGet"),
        members.text("ProjectionExpression"),
        members.textMap("ExpressionAttributeNames"),
        members.isTrue("ConsistentRead"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(GetItem.Response response, JsonOutput json) {
    ItemResponses.item(json, "Item", response.item());
    ItemResponses.capacity(json, response.consumedCapacity());
  }
}
