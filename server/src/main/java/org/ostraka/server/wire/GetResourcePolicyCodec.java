package org.ostraka.server.wire;

import org.ostraka.model.operation.GetResourcePolicy;

/** GetResourcePolicy on the wire. Stateless. */
final class GetResourcePolicyCodec
    implements OperationCodec<GetResourcePolicy.Request, GetResourcePolicy.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("GetResourcePolicyInput", TagRequests.RESOURCE_ARN);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public GetResourcePolicy.Request request(Members members, RequestHead head) {
    return new GetResourcePolicy.Request(members.requiredText("ResourceArn"));
  }

  @Override
  public void response(GetResourcePolicy.Response response, JsonOutput json) {
    json.writeStringProperty("Policy", response.policy());
    json.writeStringProperty("RevisionId", response.revisionId());
  }
}
