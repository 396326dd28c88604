package org.ostraka.server.wire;

import org.ostraka.model.operation.GetShardIterator;

/** GetShardIterator on the wire. Stateless. */
final class GetShardIteratorCodec
    implements OperationCodec<GetShardIterator.Request, GetShardIterator.Response> {
  private static final int MIN_SEQUENCE_NUMBER_CHARS = 21;
  private static final int MAX_SEQUENCE_NUMBER_CHARS = 40;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetShardIteratorInput",
          Shape.Member.required("StreamArn", StreamShapes.ARN),
          Shape.Member.required("ShardId", StreamShapes.SHARD),
          Shape.Member.required(
              "ShardIteratorType",
              new Shape.Text(
                  TextRule.oneOf(
                      "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"))),
          Shape.Member.optional(
              "SequenceNumber",
              new Shape.Text(
                  TextRule.atLeast(MIN_SEQUENCE_NUMBER_CHARS),
                  TextRule.atMost(MAX_SEQUENCE_NUMBER_CHARS))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public GetShardIterator.Request request(Members members, RequestHead head) {
    return new GetShardIterator.Request(
        members.requiredText("StreamArn"),
        members.requiredText("ShardId"),
        GetShardIterator.Type.valueOf(members.requiredText("ShardIteratorType")),
        members.text("SequenceNumber"));
  }

  @Override
  public void response(GetShardIterator.Response response, JsonOutput json) {
    json.writeStringProperty("ShardIterator", response.shardIterator());
  }
}
