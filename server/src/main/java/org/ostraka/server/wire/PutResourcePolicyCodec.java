package org.ostraka.server.wire;

import org.ostraka.model.operation.PutResourcePolicy;

/** PutResourcePolicy on the wire. Stateless. */
final class PutResourcePolicyCodec
    implements OperationCodec<PutResourcePolicy.Request, PutResourcePolicy.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "PutResourcePolicyInput",
          TagRequests.RESOURCE_ARN,
          Shape.Member.required("Policy", PolicyRequests.POLICY),
          PolicyRequests.EXPECTED_REVISION,
          Shape.Member.optional("ConfirmRemoveSelfResourceAccess", Shapes.FLAG));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public PutResourcePolicy.Request request(Members members, RequestHead head) {
    return new PutResourcePolicy.Request(
        members.requiredText("ResourceArn"),
        members.requiredText("Policy"),
        members.text("ExpectedRevisionId"),
        members.isTrue("ConfirmRemoveSelfResourceAccess"));
  }

  @Override
  public void response(PutResourcePolicy.Response response, JsonOutput json) {
    json.writeStringProperty("RevisionId", response.revisionId());
  }
}
