package org.ostraka.server.wire;

import java.util.Objects;
import org.ostraka.model.operation.UntagResource;

/** UntagResource on the wire. Stateless. */
final class UntagResourceCodec
    implements OperationCodec<UntagResource.Request, UntagResource.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UntagResourceInput",
          TagRequests.RESOURCE_ARN,
          Shape.Member.required("TagKeys", TagRequests.TAG_KEYS));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public UntagResource.Request request(Members members, RequestHead head) {
    return new UntagResource.Request(
        members.requiredText("ResourceArn"), Objects.requireNonNull(members.texts("TagKeys")));
  }

  @Override
  public boolean answersNothing() {
    return true;
  }

  @Override
  public void response(UntagResource.Response response, JsonOutput json) {}
}
