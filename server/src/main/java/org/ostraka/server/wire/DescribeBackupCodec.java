package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeBackup;

/** DescribeBackup on the wire. Stateless. */
final class DescribeBackupCodec
    implements OperationCodec<DescribeBackup.Request, DescribeBackup.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeBackupInput", Shape.Member.required("BackupArn", BackupShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeBackup.Request request(Members members, RequestHead head) {
    return new DescribeBackup.Request(members.requiredText("BackupArn"));
  }

  @Override
  public void response(DescribeBackup.Response response, JsonOutput json) {
    BackupWriter.description(json, response.backup());
  }
}
