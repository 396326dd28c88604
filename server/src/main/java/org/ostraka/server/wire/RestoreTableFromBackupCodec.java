package org.ostraka.server.wire;

import org.ostraka.model.operation.RestoreTableFromBackup;

/** RestoreTableFromBackup on the wire. Stateless. */
final class RestoreTableFromBackupCodec
    implements OperationCodec<RestoreTableFromBackup.Request, RestoreTableFromBackup.Response> {
  private static final Shape.Structure SHAPE =
      BackupShapes.restoration(
          "RestoreTableFromBackupInput",
          Shape.Member.required("TargetTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.required("BackupArn", BackupShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public RestoreTableFromBackup.Request request(Members members, RequestHead head) {
    return new RestoreTableFromBackup.Request(
        members.requiredText("TargetTableName"),
        members.requiredText("BackupArn"),
        BackupShapes.overrides(members));
  }

  @Override
  public void response(RestoreTableFromBackup.Response response, JsonOutput json) {
    TableWriter.restored(json, response.table(), response.summary());
  }
}
