package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.BatchExecuteStatement;

/** BatchExecuteStatement on the wire. Stateless. */
final class BatchExecuteStatementCodec
    implements OperationCodec<BatchExecuteStatement.Request, BatchExecuteStatement.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchExecuteStatementInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.required(
              "Statements",
              StatementRequests.listOf(
                  "BatchStatementRequest",
                  Limits.BATCH_STATEMENTS,
                  Shape.Member.optional("ConsistentRead", Shapes.FLAG))));

  @Override
  public boolean onlyRead(BatchExecuteStatement.Response response) {
    return response.onlyRead();
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public BatchExecuteStatement.Request request(Members members, RequestHead head) {
    return new BatchExecuteStatement.Request(
        StatementRequests.statements(members.parts("Statements")),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(BatchExecuteStatement.Response response, JsonOutput json) {
    json.writeName("Responses").writeStartArray();
    response.results().forEach(result -> result(json, result));
    json.writeEndArray();
    ItemResponses.capacities(json, response.consumedCapacity(), ItemResponses.Kind.UNSAID);
  }

  private static void result(JsonOutput json, BatchExecuteStatement.Result result) {
    json.writeStartObject();
    result.error().ifPresent(error -> error(json, error));
    result.tableName().ifPresent(name -> json.writeStringProperty("TableName", name));
    ItemResponses.item(json, "Item", result.item().orElse(null));
    json.writeEndObject();
  }

  private static void error(JsonOutput json, BatchExecuteStatement.StatementError error) {
    json.writeName("Error").writeStartObject();
    json.writeStringProperty("Code", error.code().word());
    json.writeStringProperty("Message", error.message());
    ItemResponses.item(json, "Item", error.item().orElse(null));
    json.writeEndObject();
  }
}
