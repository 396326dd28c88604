package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeTimeToLive;

/** DescribeTimeToLive on the wire. Stateless. */
final class DescribeTimeToLiveCodec
    implements OperationCodec<DescribeTimeToLive.Request, DescribeTimeToLive.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeTimeToLiveInput", Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeTimeToLive.Request request(Members members, RequestHead head) {
    return new DescribeTimeToLive.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DescribeTimeToLive.Response response, JsonOutput json) {
    json.writeName("TimeToLiveDescription").writeStartObject();
    json.writeStringProperty("TimeToLiveStatus", response.timeToLive().status().name());
    response
        .timeToLive()
        .attributeName()
        .ifPresent(name -> json.writeStringProperty("AttributeName", name));
    json.writeEndObject();
  }
}
