package org.ostraka.server.wire;

import org.ostraka.model.operation.ListGlobalTables;

/** ListGlobalTables on the wire. Stateless. */
final class ListGlobalTablesCodec
    implements OperationCodec<ListGlobalTables.Request, ListGlobalTables.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListGlobalTablesInput",
          Shape.Member.optional("ExclusiveStartGlobalTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.optional(
              "Limit", new Shape.Whole(Shape.Width.INTEGER, 1, Integer.MAX_VALUE)),
          Shape.Member.optional("RegionName", Shapes.TEXT));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListGlobalTables.Request request(Members members, RequestHead head) {
    return new ListGlobalTables.Request();
  }

  @Override
  public void response(ListGlobalTables.Response response, JsonOutput json) {
    json.writeName("GlobalTables").writeStartArray();
    json.writeEndArray();
  }
}
