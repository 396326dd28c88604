package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeContinuousBackups;

/** DescribeContinuousBackups on the wire. Stateless. */
final class DescribeContinuousBackupsCodec
    implements OperationCodec<
        DescribeContinuousBackups.Request, DescribeContinuousBackups.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeContinuousBackupsInput", Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeContinuousBackups.Request request(Members members, RequestHead head) {
    return new DescribeContinuousBackups.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DescribeContinuousBackups.Response response, JsonOutput json) {
    BackupWriter.continuous(json, response.backups());
  }
}
