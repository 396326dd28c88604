package org.ostraka.server.wire;

import org.ostraka.model.operation.ListBulkOperations;

/** ListBulkOperations on the wire. Stateless. */
final class ListBulkOperationsCodec
    implements OperationCodec<ListBulkOperations.Request, ListBulkOperations.Response> {
  private static final int MAX_TOKEN_CHARS = 1_024;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListBulkOperationsInput",
          Shape.Member.optional("MaxResults", TransferShapes.PAGE),
          Shape.Member.optional(
              "NextToken",
              new Shape.Text(
                  TextRule.atLeast(1),
                  TextRule.atMost(MAX_TOKEN_CHARS),
                  TransferShapes.matching("([0-9a-f]{16})+"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListBulkOperations.Request request(Members members, RequestHead head) {
    return new ListBulkOperations.Request(members.number("MaxResults"), members.text("NextToken"));
  }

  @Override
  public void response(ListBulkOperations.Response response, JsonOutput json) {
    json.writeName("BulkOperationsSummaryList").writeStartArray();
    response.operations().forEach(each -> BulkOperationWriter.summary(json, each));
    json.writeEndArray();
    response.next().ifPresent(next -> json.writeStringProperty("NextToken", next));
  }
}
