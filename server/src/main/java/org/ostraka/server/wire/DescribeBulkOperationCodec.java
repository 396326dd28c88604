package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeBulkOperation;

/** DescribeBulkOperation on the wire. Stateless. */
final class DescribeBulkOperationCodec
    implements OperationCodec<DescribeBulkOperation.Request, DescribeBulkOperation.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeBulkOperationInput",
          Shape.Member.required("BulkOperationArn", TransferShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeBulkOperation.Request request(Members members, RequestHead head) {
    return new DescribeBulkOperation.Request(members.requiredText("BulkOperationArn"));
  }

  @Override
  public void response(DescribeBulkOperation.Response response, JsonOutput json) {
    BulkOperationWriter.description(json, response.operation());
  }
}
