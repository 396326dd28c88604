package org.ostraka.server.wire;

import org.ostraka.model.operation.ListExports;

/** ListExports on the wire. Stateless. */
final class ListExportsCodec implements OperationCodec<ListExports.Request, ListExports.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListExportsInput",
          Shape.Member.optional("TableArn", TransferShapes.TABLE_ARN),
          Shape.Member.optional("MaxResults", TransferShapes.PAGE),
          Shape.Member.optional("NextToken", new Shape.Text()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListExports.Request request(Members members, RequestHead head) {
    return new ListExports.Request(
        members.text("TableArn"), members.number("MaxResults"), members.text("NextToken"));
  }

  @Override
  public void response(ListExports.Response response, JsonOutput json) {
    json.writeName("ExportSummaries").writeStartArray();
    response.exports().forEach(export -> ExportWriter.summary(json, export));
    json.writeEndArray();
    response.next().ifPresent(next -> json.writeStringProperty("NextToken", next));
  }
}
