package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeKinesisStreamingDestination;

/** DescribeKinesisStreamingDestination on the wire. Stateless. */
final class DescribeKinesisStreamingDestinationCodec
    implements OperationCodec<
        DescribeKinesisStreamingDestination.Request, DescribeKinesisStreamingDestination.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeKinesisStreamingDestinationInput",
          Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeKinesisStreamingDestination.Request request(Members members, RequestHead head) {
    return new DescribeKinesisStreamingDestination.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DescribeKinesisStreamingDestination.Response response, JsonOutput json) {
    json.writeStringProperty("TableName", response.table().value());
    json.writeName("KinesisDataStreamDestinations").writeStartArray();
    response
        .destinations()
        .forEach(destination -> DestinationRequests.writeDestination(destination, json));
    json.writeEndArray();
  }
}
