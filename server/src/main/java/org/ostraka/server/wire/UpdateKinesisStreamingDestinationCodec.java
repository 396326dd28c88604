package org.ostraka.server.wire;

import org.ostraka.model.operation.UpdateKinesisStreamingDestination;

/** UpdateKinesisStreamingDestination on the wire. Stateless. */
final class UpdateKinesisStreamingDestinationCodec
    implements OperationCodec<
        UpdateKinesisStreamingDestination.Request, UpdateKinesisStreamingDestination.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateKinesisStreamingDestinationInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          DestinationRequests.STREAM_ARN,
          DestinationRequests.settings(DestinationRequests.UPDATE_SETTINGS));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateKinesisStreamingDestination.Request request(Members members, RequestHead head) {
    return new UpdateKinesisStreamingDestination.Request(
        members.requiredText("TableName"),
        members.requiredText("StreamArn"),
        DestinationRequests.precision(members, DestinationRequests.UPDATE_SETTINGS));
  }

  @Override
  public void response(UpdateKinesisStreamingDestination.Response response, JsonOutput json) {
    DestinationRequests.writeChange(
        response.table(), response.destination(), DestinationRequests.UPDATE_SETTINGS, json);
  }
}
