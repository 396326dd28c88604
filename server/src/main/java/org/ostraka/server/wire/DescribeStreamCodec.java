package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeStream;

/** DescribeStream on the wire. Stateless. */
final class DescribeStreamCodec
    implements OperationCodec<DescribeStream.Request, DescribeStream.Response> {
  private static final Shape.Structure FILTER =
      new Shape.Structure(
          "ShardFilter",
          Shape.Member.optional("Type", new Shape.Text(TextRule.oneOf("CHILD_SHARDS"))),
          Shape.Member.optional("ShardId", StreamShapes.SHARD));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeStreamInput",
          Shape.Member.required("StreamArn", StreamShapes.ARN),
          Shape.Member.optional(
              "Limit", new Shape.Whole(Shape.Width.INTEGER, 1, Limits.SHARDS_OF_A_PAGE)),
          Shape.Member.optional("ExclusiveStartShardId", StreamShapes.SHARD),
          Shape.Member.optional("ShardFilter", FILTER));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeStream.Request request(Members members, RequestHead head) {
    Members filter = members.structure("ShardFilter");
    return new DescribeStream.Request(
        members.requiredText("StreamArn"),
        members.number("Limit"),
        members.text("ExclusiveStartShardId"),
        filter == null ? null : childrenOf(filter));
  }

  /** The service's model requires neither member; what it answers without one is not known. */
  private static String childrenOf(Members filter) {
    String shard = filter.text("ShardId");
    if (shard == null || filter.text("Type") == null) {
      throw ValidationException.ofParameters("ShardFilter must have a Type and a ShardId");
    }
    return shard;
  }

  @Override
  public void response(DescribeStream.Response response, JsonOutput json) {
    json.writeName("StreamDescription").writeObject(members -> description(members, response));
  }

  private static void description(JsonOutput json, DescribeStream.Response stream) {
    json.writeStringProperty("StreamArn", stream.arn().toString());
    json.writeStringProperty("StreamLabel", stream.arn().label());
    json.writeStringProperty("StreamStatus", stream.status().name());
    json.writeStringProperty("StreamViewType", stream.viewType().name());
    TableWriter.instant(json, "CreationRequestDateTime", stream.created());
    json.writeStringProperty("TableName", stream.arn().table().table().value());
    TableWriter.keySchema(json, stream.key());
    json.writeName("Shards").writeStartArray();
    stream.shards().forEach(shard -> json.writeObject(members -> shard(members, shard)));
    json.writeEndArray();
    if (stream.lastEvaluated() != null) {
      json.writeStringProperty("LastEvaluatedShardId", stream.lastEvaluated());
    }
  }

  private static void shard(JsonOutput json, DescribeStream.Shard shard) {
    json.writeStringProperty("ShardId", shard.id());
    json.writeName("SequenceNumberRange")
        .writeObject(range -> {
          range.writeStringProperty("StartingSequenceNumber", shard.first().toString());
          if (shard.last() != null) {
            range.writeStringProperty("EndingSequenceNumber", shard.last().toString());
          }
        });
    if (shard.parent() != null) {
      json.writeStringProperty("ParentShardId", shard.parent());
    }
  }
}
