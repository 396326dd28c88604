package org.ostraka.server.wire;

import java.util.Optional;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.DeleteItem;

/** DeleteItem on the wire. Stateless. */
final class DeleteItemCodec implements OperationCodec<DeleteItem.Request, DeleteItem.Response> {
  private static final Shape.Structure SHAPE =
      shape(Shapes.RETURN_VALUES, OlderForms.CONDITIONAL_OPERATOR);

  private static final Shape.Structure OLDER_SHAPE =
      shape(Shapes.RETURN_VALUES_OLDER, OlderForms.CONDITIONAL_OPERATOR_OLDER);

  private static Shape.Structure shape(Shape returnValues, Shape conditionalOperator) {
    return new Shape.Structure(
        "DeleteItemInput",
        Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
        Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
        Shape.Member.optional("ReturnValues", returnValues),
        Shape.Member.optional("ReturnItemCollectionMetrics", Shapes.RETURN_ITEM_COLLECTION_METRICS),
        Shape.Member.required("Key", Shapes.ATTRIBUTES),
        Shape.Member.optional("ConditionalOperator", conditionalOperator),
        Shape.Member.optional("Expected", OlderForms.EXPECTED),
        Shape.Member.optional("ConditionExpression", Shapes.TEXT),
        Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP),
        Shape.Member.optional("ExpressionAttributeValues", Shapes.SUBSTITUTED_VALUES),
        Shape.Member.optional(
            "ReturnValuesOnConditionCheckFailure", Shapes.RETURN_ON_FAILED_CONDITION));
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public Optional<Shape.Structure> olderShape(Members members, boolean deep) {
    return deep ? Optional.of(OLDER_SHAPE) : Optional.empty();
  }

  @Override
  public void checkFirst(Members members) {
    ItemRequests.refuseEmptyTableName(members);
  }

  @Override
  public void checkBeforeValues(Members members) {
    ItemRequests.refuseUpdatedImages(members);
    ItemRequests.refuseMixedConditions(members);
  }

  @Override
  public String valuePrefix() {
    return ItemRequests.WRITE_PREFIX;
  }

  @Override
  public DeleteItem.Request request(Members members, RequestHead head) {
    return new DeleteItem.Request(
        members.requiredText("TableName"),
        members.requiredItem("Key"),
        ItemRequests.condition(members),
        members.word("ReturnValues", ReturnValues.NONE),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE),
        members.word("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.NONE));
  }

  @Override
  public void response(DeleteItem.Response response, JsonOutput json) {
    ItemResponses.item(json, "Attributes", response.attributes());
    ItemResponses.capacity(json, response.consumedCapacity());
    ItemResponses.collection(json, response.itemCollectionMetrics());
  }
}
