package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.TransactWriteItems.Action;

/** TransactWriteItems on the wire. Stateless. */
final class TransactWriteItemsCodec
    implements OperationCodec<TransactWriteItems.Request, TransactWriteItems.Response> {
  private static final Shape.Structure ACTION =
      new Shape.Structure(
          "TransactWriteItem",
          Shape.Member.optional(
              "ConditionCheck",
              action(
                  "ConditionCheck",
                  Shape.Member.required("Key", Shapes.ATTRIBUTES),
                  Shape.Member.required("ConditionExpression", Shapes.TEXT))),
          Shape.Member.optional(
              "Put",
              action(
                  "Put",
                  Shape.Member.required("Item", Shapes.ATTRIBUTES),
                  Shape.Member.optional("ConditionExpression", Shapes.TEXT))),
          Shape.Member.optional(
              "Delete",
              action(
                  "Delete",
                  Shape.Member.required("Key", Shapes.ATTRIBUTES),
                  Shape.Member.optional("ConditionExpression", Shapes.TEXT))),
          Shape.Member.optional(
              "Update",
              action(
                  "Update",
                  Shape.Member.required("Key", Shapes.ATTRIBUTES),
                  Shape.Member.required("UpdateExpression", Shapes.TEXT),
                  Shape.Member.optional("ConditionExpression", Shapes.TEXT))));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TransactWriteItemsInput",
          Shape.Member.optional("ClientRequestToken", TransactItems.TOKEN),
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.optional(
              "ReturnItemCollectionMetrics", Shapes.RETURN_ITEM_COLLECTION_METRICS),
          Shape.Member.required("TransactItems", TransactItems.of(ACTION)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public List<String> checkedAlone() {
    return List.of("ClientRequestToken");
  }

  @Override
  public TransactWriteItems.Request request(Members members, RequestHead head) {
    return new TransactWriteItems.Request(
        members.parts("TransactItems").stream().map(TransactWriteItemsCodec::action).toList(),
        members.text("ClientRequestToken"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE),
        members.word("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.NONE));
  }

  @Override
  public void response(TransactWriteItems.Response response, JsonOutput json) {
    ItemResponses.capacities(
        json,
        response.consumedCapacity(),
        response.repeated() ? ItemResponses.Kind.READ : ItemResponses.Kind.WRITE);
    ItemResponses.collections(json, response.itemCollectionMetrics());
  }

  private static Shape.Structure action(String name, Shape.Member... own) {
    Stream<Shape.Member> common =
        Stream.of(
            Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP),
            Shape.Member.optional("ExpressionAttributeValues", Shapes.SUBSTITUTED_VALUES),
            Shape.Member.optional(
                "ReturnValuesOnConditionCheckFailure", Shapes.RETURN_ON_FAILED_CONDITION));
    return new Shape.Structure(
        name,
        Stream.concat(
                Stream.concat(
                    Stream.of(Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM)),
                    Stream.of(own)),
                common)
            .toList());
  }

  /** The second text is that of the DAX clients, which check requests themselves. */
  private static Action action(InTurn part) {
    List<Action> actions =
        Stream.of("ConditionCheck", "Put", "Delete", "Update")
            .flatMap(name ->
                Optional.ofNullable(part.members().structure(name)).stream()
                    .map(members -> action(name, members)))
            .toList();
    if (actions.isEmpty()) {
      return new Action.Bad(
          "1 validation error detected: Value '' at 'transactItems' failed to satisfy constraint:"
              + " TransactWriteRequest should contain Delete or Put or Update or ConditionCheck");
    }
    if (actions.size() > 1) {
      return new Action.Bad(
          "TransactItems can only contain one of ConditionCheck, Put, Update or Delete");
    }
    return part.badValue().<Action>map(Action.Bad::new).orElse(actions.getFirst());
  }

  private static Action action(String name, Members members) {
    String table = members.requiredText("TableName");
    return switch (name) {
      case "Put" ->
          new Action.Put(table, members.requiredItem("Item"), ItemRequests.condition(members));
      case "Update" ->
          new Action.Update(
              table,
              members.requiredItem("Key"),
              members.requiredText("UpdateExpression"),
              ItemRequests.condition(members));
      case "Delete" ->
          new Action.Delete(table, members.requiredItem("Key"), ItemRequests.condition(members));
      case "ConditionCheck" ->
          new Action.ConditionCheck(
              table, members.requiredItem("Key"), ItemRequests.condition(members));
      default -> throw new IllegalArgumentException("no such action: " + name);
    };
  }
}
