package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.UpdateItem;

/** UpdateItem on the wire. Stateless. */
final class UpdateItemCodec implements OperationCodec<UpdateItem.Request, UpdateItem.Response> {
  private static final Shape.Structure SHAPE =
      shape(Shapes.RETURN_VALUES, OlderForms.CONDITIONAL_OPERATOR);

  private static final Shape.Structure OLDER_SHAPE =
      shape(Shapes.RETURN_VALUES_OLDER, OlderForms.CONDITIONAL_OPERATOR_OLDER);

  private static Shape.Structure shape(Shape returnValues, Shape conditionalOperator) {
    return new Shape.Structure(
        "UpdateItemInput",
        Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
        Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
        Shape.Member.optional("ReturnValues", returnValues),
        Shape.Member.optional("ReturnItemCollectionMetrics", Shapes.RETURN_ITEM_COLLECTION_METRICS),
        Shape.Member.required("Key", Shapes.ATTRIBUTES),
        Shape.Member.optional("ConditionalOperator", conditionalOperator),
        Shape.Member.optional("Expected", OlderForms.EXPECTED),
        Shape.Member.optional("AttributeUpdates", OlderForms.ATTRIBUTE_UPDATES),
        Shape.Member.optional("UpdateExpression", Shapes.TEXT),
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

  /** Returns the service's newer layer does not accept a request without a key. */
  @Override
  public Optional<Shape.Structure> olderShape(Members members, boolean deep) {
    return deep || members.item("Key") == null ? Optional.of(OLDER_SHAPE) : Optional.empty();
  }

  /** Refuses an unknown word in ReturnValues alone. */
  @Override
  public void checkFirst(Members members) {
    ItemRequests.refuseEmptyTableName(members);
    String wish = members.text("ReturnValues");
    if (wish == null) {
      return;
    }
    Optional<String> problem =
        ((Shape.Text) Shapes.RETURN_VALUES)
            .rules().stream()
                .flatMap(rule -> rule.problem(wish, "returnValues").stream())
                .findFirst();
    if (problem.isPresent()) {
      throw new ValidationException(ItemRequests.WRITE_PREFIX + problem.get());
    }
  }

  @Override
  public void checkBeforeValues(Members members) {
    OlderForms.refuseMixed(
        members,
        ItemRequests.WRITE_PREFIX,
        List.of("AttributeUpdates", "Expected", "ConditionalOperator"),
        List.of("UpdateExpression", "ConditionExpression"));
  }

  @Override
  public String valuePrefix() {
    return ItemRequests.WRITE_PREFIX;
  }

  @Override
  public UpdateItem.Request request(Members members, RequestHead head) {
    return new UpdateItem.Request(
        members.requiredText("TableName"),
        members.requiredItem("Key"),
        members.text("UpdateExpression"),
        OlderForms.attributeUpdates(members),
        ItemRequests.condition(members),
        members.word("ReturnValues", ReturnValues.NONE),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE),
        members.word("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.NONE));
  }

  @Override
  public void response(UpdateItem.Response response, JsonOutput json) {
    ItemResponses.item(json, "Attributes", response.attributes());
    ItemResponses.capacity(json, response.consumedCapacity());
    ItemResponses.collection(json, response.itemCollectionMetrics());
  }
}
