package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeExport;

/** DescribeExport on the wire. Stateless. */
final class DescribeExportCodec
    implements OperationCodec<DescribeExport.Request, DescribeExport.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeExportInput", Shape.Member.required("ExportArn", TransferShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeExport.Request request(Members members, RequestHead head) {
    return new DescribeExport.Request(members.requiredText("ExportArn"));
  }

  @Override
  public void response(DescribeExport.Response response, JsonOutput json) {
    ExportWriter.description(json, response.export());
  }
}
