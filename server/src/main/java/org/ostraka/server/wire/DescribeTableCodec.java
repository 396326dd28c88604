package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeTable;

/** DescribeTable on the wire. Stateless. */
final class DescribeTableCodec
    implements OperationCodec<DescribeTable.Request, DescribeTable.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeTableInput", Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeTable.Request request(Members members, RequestHead head) {
    return new DescribeTable.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DescribeTable.Response response, JsonOutput json) {
    TableWriter.table(json, "Table", response.table(), response.size(), response.restoration());
  }
}
