package org.ostraka.server.wire;

import org.ostraka.model.operation.EnableKinesisStreamingDestination;

/** EnableKinesisStreamingDestination on the wire. Stateless. */
final class EnableKinesisStreamingDestinationCodec
    implements OperationCodec<
        EnableKinesisStreamingDestination.Request, EnableKinesisStreamingDestination.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "EnableKinesisStreamingDestinationInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          DestinationRequests.STREAM_ARN,
          DestinationRequests.settings(DestinationRequests.ENABLE_SETTINGS));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public EnableKinesisStreamingDestination.Request request(Members members, RequestHead head) {
    return new EnableKinesisStreamingDestination.Request(
        members.requiredText("TableName"),
        members.requiredText("StreamArn"),
        DestinationRequests.precision(members, DestinationRequests.ENABLE_SETTINGS));
  }

  @Override
  public void response(EnableKinesisStreamingDestination.Response response, JsonOutput json) {
    DestinationRequests.writeChange(
        response.table(), response.destination(), DestinationRequests.ENABLE_SETTINGS, json);
  }
}
