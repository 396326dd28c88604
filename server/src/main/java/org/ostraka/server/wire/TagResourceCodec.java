package org.ostraka.server.wire;

import org.ostraka.model.operation.TagResource;

/** TagResource on the wire. Stateless. */
final class TagResourceCodec implements OperationCodec<TagResource.Request, TagResource.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TagResourceInput",
          TagRequests.RESOURCE_ARN,
          Shape.Member.required("Tags", TagRequests.TAGS));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public TagResource.Request request(Members members, RequestHead head) {
    return new TagResource.Request(members.requiredText("ResourceArn"), TagRequests.tags(members));
  }

  @Override
  public boolean answersNothing() {
    return true;
  }

  @Override
  public void response(TagResource.Response response, JsonOutput json) {}
}
