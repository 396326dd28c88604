package org.ostraka.server.wire;

import java.util.Optional;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.ExecuteStatement;

/** ExecuteStatement on the wire. Stateless. */
final class ExecuteStatementCodec
    implements OperationCodec<ExecuteStatement.Request, ExecuteStatement.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExecuteStatementInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.required("Statement", StatementRequests.STATEMENT),
          Shape.Member.optional("Parameters", StatementRequests.PARAMETERS),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional(
              "NextToken",
              new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.NEXT_TOKEN_CHARS))),
          Shape.Member.optional("Limit", StatementRequests.LIMIT),
          Shape.Member.optional(
              "ReturnValuesOnConditionCheckFailure", Shapes.RETURN_ON_FAILED_CONDITION));

  @Override
  public boolean onlyRead(ExecuteStatement.Response response) {
    return response.onlyRead();
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ExecuteStatement.Request request(Members members, RequestHead head) {
    return new ExecuteStatement.Request(
        StatementRequests.statement(members, Optional.empty()),
        members.text("NextToken"),
        members.number("Limit"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(ExecuteStatement.Response response, JsonOutput json) {
    json.writeName("Items").writeStartArray();
    response.items().forEach(item -> AttributeWriter.element(json, item));
    json.writeEndArray();
    if (response.nextToken() != null) {
      json.writeStringProperty("NextToken", response.nextToken());
    }
    ItemResponses.item(json, "LastEvaluatedKey", response.lastEvaluatedKey());
    ItemResponses.capacity(json, response.consumedCapacity());
  }
}
