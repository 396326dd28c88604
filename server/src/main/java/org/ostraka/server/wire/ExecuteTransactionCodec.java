package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.ExecuteTransaction;

/** ExecuteTransaction on the wire. Stateless. */
final class ExecuteTransactionCodec
    implements OperationCodec<ExecuteTransaction.Request, ExecuteTransaction.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExecuteTransactionInput",
          Shape.Member.optional("ClientRequestToken", TransactItems.TOKEN),
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.required(
              "TransactStatements",
              StatementRequests.listOf("ParameterizedStatement", Limits.TRANSACTION_ACTIONS)));

  @Override
  public boolean onlyRead(ExecuteTransaction.Response response) {
    return !response.items().isEmpty();
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public List<String> checkedAlone() {
    return List.of("ClientRequestToken");
  }

  @Override
  public ExecuteTransaction.Request request(Members members, RequestHead head) {
    return new ExecuteTransaction.Request(
        StatementRequests.statements(members.parts("TransactStatements")),
        members.text("ClientRequestToken"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(ExecuteTransaction.Response response, JsonOutput json) {
    json.writeName("Responses").writeStartArray();
    response.items().forEach(item -> itemResponse(json, item));
    json.writeEndArray();
    ItemResponses.capacities(
        json,
        response.consumedCapacity(),
        response.consumedReads() ? ItemResponses.Kind.READ : ItemResponses.Kind.WRITE);
  }

  private static void itemResponse(JsonOutput json, Optional<Item> item) {
    json.writeStartObject();
    ItemResponses.item(json, "Item", item.orElse(null));
    json.writeEndObject();
  }
}
