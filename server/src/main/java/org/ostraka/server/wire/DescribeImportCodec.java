package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeImport;

/** DescribeImport on the wire. Stateless. */
final class DescribeImportCodec
    implements OperationCodec<DescribeImport.Request, DescribeImport.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeImportInput", Shape.Member.required("ImportArn", TransferShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeImport.Request request(Members members, RequestHead head) {
    return new DescribeImport.Request(members.requiredText("ImportArn"));
  }

  @Override
  public void response(DescribeImport.Response response, JsonOutput json) {
    ImportWriter.description(json, response.description());
  }
}
