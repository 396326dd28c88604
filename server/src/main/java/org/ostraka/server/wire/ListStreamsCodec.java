package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.Limits;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.ListStreams;

/** ListStreams on the wire. Stateless. */
final class ListStreamsCodec implements OperationCodec<ListStreams.Request, ListStreams.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListStreamsInput",
          Shape.Member.optional("TableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.optional(
              "Limit", new Shape.Whole(Shape.Width.INTEGER, 1, Limits.STREAMS_OF_A_PAGE)),
          Shape.Member.optional("ExclusiveStartStreamArn", StreamShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListStreams.Request request(Members members, RequestHead head) {
    String table = members.text("TableName");
    return new ListStreams.Request(
        table == null ? null : new TableName(table),
        members.text("ExclusiveStartStreamArn"),
        members.number("Limit"));
  }

  @Override
  public void response(ListStreams.Response response, JsonOutput json) {
    json.writeName("Streams").writeStartArray();
    response.streams().forEach(stream -> json.writeObject(members -> stream(members, stream)));
    json.writeEndArray();
    last(json, response.lastEvaluated());
  }

  private static void stream(JsonOutput json, StreamArn stream) {
    json.writeStringProperty("StreamArn", stream.toString());
    json.writeStringProperty("TableName", stream.table().table().value());
    json.writeStringProperty("StreamLabel", stream.label());
  }

  private static void last(JsonOutput json, @Nullable StreamArn last) {
    if (last != null) {
      json.writeStringProperty("LastEvaluatedStreamArn", last.toString());
    }
  }
}
