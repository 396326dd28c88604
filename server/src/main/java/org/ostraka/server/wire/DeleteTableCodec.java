package org.ostraka.server.wire;

import org.ostraka.model.operation.DeleteTable;

/** DeleteTable on the wire. Stateless. */
final class DeleteTableCodec implements OperationCodec<DeleteTable.Request, DeleteTable.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DeleteTableInput", Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DeleteTable.Request request(Members members, RequestHead head) {
    return new DeleteTable.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DeleteTable.Response response, JsonOutput json) {
    TableWriter.table(json, "TableDescription", response.table(), response.size());
  }
}
