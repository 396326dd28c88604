package org.ostraka.server.wire;

import org.ostraka.model.operation.ListImports;

/** ListImports on the wire. Stateless. */
final class ListImportsCodec implements OperationCodec<ListImports.Request, ListImports.Response> {
  private static final int MIN_TOKEN_CHARS = 112;
  private static final int MAX_TOKEN_CHARS = 1_024;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListImportsInput",
          Shape.Member.optional("TableArn", TransferShapes.TABLE_ARN),
          Shape.Member.optional("PageSize", TransferShapes.PAGE),
          Shape.Member.optional(
              "NextToken",
              new Shape.Text(
                  TextRule.atLeast(MIN_TOKEN_CHARS),
                  TextRule.atMost(MAX_TOKEN_CHARS),
                  TransferShapes.matching("([0-9a-f]{16})+"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListImports.Request request(Members members, RequestHead head) {
    return new ListImports.Request(
        members.text("TableArn"), members.number("PageSize"), members.text("NextToken"));
  }

  @Override
  public void response(ListImports.Response response, JsonOutput json) {
    json.writeName("ImportSummaryList").writeStartArray();
    response.imports().forEach(each -> ImportWriter.summary(json, each));
    json.writeEndArray();
    response.next().ifPresent(next -> json.writeStringProperty("NextToken", next));
  }
}
