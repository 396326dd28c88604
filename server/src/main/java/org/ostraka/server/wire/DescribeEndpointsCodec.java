package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeEndpoints;

/** DescribeEndpoints on the wire. Stateless. */
final class DescribeEndpointsCodec
    implements OperationCodec<DescribeEndpoints.Request, DescribeEndpoints.Response> {
  private static final Shape.Structure SHAPE = new Shape.Structure("DescribeEndpointsRequest");

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeEndpoints.Request request(Members members, RequestHead head) {
    return new DescribeEndpoints.Request(head.host());
  }

  @Override
  public void response(DescribeEndpoints.Response response, JsonOutput json) {
    json.writeName("Endpoints").writeStartArray();
    json.writeStartObject();
    json.writeStringProperty("Address", response.address());
    json.writeNumberProperty("CachePeriodInMinutes", response.cachePeriodMinutes());
    json.writeEndObject();
    json.writeEndArray();
  }
}
