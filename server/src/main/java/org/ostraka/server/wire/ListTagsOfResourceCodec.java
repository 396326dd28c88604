package org.ostraka.server.wire;

import org.ostraka.model.operation.ListTagsOfResource;

/** ListTagsOfResource on the wire. Stateless. */
final class ListTagsOfResourceCodec
    implements OperationCodec<ListTagsOfResource.Request, ListTagsOfResource.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListTagsOfResourceInput",
          TagRequests.RESOURCE_ARN,
          // All tags fit in one page, and the service ignores a token that it did not give.
          Shape.Member.optional("NextToken", Shapes.TEXT));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListTagsOfResource.Request request(Members members, RequestHead head) {
    return new ListTagsOfResource.Request(members.requiredText("ResourceArn"));
  }

  @Override
  public void response(ListTagsOfResource.Response response, JsonOutput json) {
    json.writeName("Tags").writeStartArray();
    response
        .tags()
        .byKey()
        .forEach((key, value) -> {
          json.writeStartObject();
          json.writeStringProperty("Key", key);
          json.writeStringProperty("Value", value);
          json.writeEndObject();
        });
    json.writeEndArray();
  }
}
