package org.ostraka.server.wire;

import org.ostraka.model.operation.CancelBulkOperation;

/** CancelBulkOperation on the wire. Stateless. */
final class CancelBulkOperationCodec
    implements OperationCodec<CancelBulkOperation.Request, CancelBulkOperation.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CancelBulkOperationInput",
          Shape.Member.required("BulkOperationArn", TransferShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public CancelBulkOperation.Request request(Members members, RequestHead head) {
    return new CancelBulkOperation.Request(members.requiredText("BulkOperationArn"));
  }

  @Override
  public void response(CancelBulkOperation.Response response, JsonOutput json) {
    json.writeStringProperty("BulkOperationArn", response.operation().arn().toString());
    json.writeStringProperty("BulkOperationStatus", response.operation().status().name());
  }
}
