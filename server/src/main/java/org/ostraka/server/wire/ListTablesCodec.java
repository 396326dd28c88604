package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.ListTables;

/** ListTables on the wire. Stateless. */
final class ListTablesCodec implements OperationCodec<ListTables.Request, ListTables.Response> {
  private static final int MAX_LIMIT = 100;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListTablesInput",
          Shape.Member.optional("ExclusiveStartTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.optional("Limit", new Shape.Whole(Shape.Width.INTEGER, 1, MAX_LIMIT)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListTables.Request request(Members members, RequestHead head) {
    String start = members.text("ExclusiveStartTableName");
    Long limit = members.whole("Limit");
    return new ListTables.Request(
        start == null ? null : new TableName(start), limit == null ? null : Math.toIntExact(limit));
  }

  @Override
  public void response(ListTables.Response response, JsonOutput json) {
    json.writeName("TableNames").writeStartArray();
    response.tables().forEach(name -> json.writeString(name.value()));
    json.writeEndArray();
    last(json, response.lastEvaluated());
  }

  private static void last(JsonOutput json, @Nullable TableName name) {
    if (name != null) {
      json.writeStringProperty("LastEvaluatedTableName", name.value());
    }
  }
}
