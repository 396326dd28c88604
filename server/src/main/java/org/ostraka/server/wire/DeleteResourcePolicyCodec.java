package org.ostraka.server.wire;

import org.ostraka.model.operation.DeleteResourcePolicy;

/** DeleteResourcePolicy on the wire. Stateless. */
final class DeleteResourcePolicyCodec
    implements OperationCodec<DeleteResourcePolicy.Request, DeleteResourcePolicy.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DeleteResourcePolicyInput", TagRequests.RESOURCE_ARN, PolicyRequests.EXPECTED_REVISION);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DeleteResourcePolicy.Request request(Members members, RequestHead head) {
    return new DeleteResourcePolicy.Request(
        members.requiredText("ResourceArn"), members.text("ExpectedRevisionId"));
  }

  @Override
  public void response(DeleteResourcePolicy.Response response, JsonOutput json) {
    response.revisionId().ifPresent(id -> json.writeStringProperty("RevisionId", id));
  }
}
