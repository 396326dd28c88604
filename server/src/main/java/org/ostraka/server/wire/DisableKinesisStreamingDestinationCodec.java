package org.ostraka.server.wire;

import org.ostraka.model.operation.DisableKinesisStreamingDestination;

/** DisableKinesisStreamingDestination on the wire. Stateless. */
final class DisableKinesisStreamingDestinationCodec
    implements OperationCodec<
        DisableKinesisStreamingDestination.Request, DisableKinesisStreamingDestination.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DisableKinesisStreamingDestinationInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          DestinationRequests.KNOWN_STREAM_ARN,
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
  public DisableKinesisStreamingDestination.Request request(Members members, RequestHead head) {
    return new DisableKinesisStreamingDestination.Request(
        members.requiredText("TableName"),
        members.requiredText("StreamArn"),
        DestinationRequests.precision(members, DestinationRequests.ENABLE_SETTINGS));
  }

  @Override
  public void response(DisableKinesisStreamingDestination.Response response, JsonOutput json) {
    DestinationRequests.writeChange(
        response.table(), response.destination(), DestinationRequests.ENABLE_SETTINGS, json);
  }
}
