package org.ostraka.server.wire;

import java.util.Optional;
import org.ostraka.model.TableSize;
import org.ostraka.model.operation.RestoreTableFromBackup;

/** RestoreTableFromBackup on the wire. Stateless. */
final class RestoreTableFromBackupCodec
    implements OperationCodec<RestoreTableFromBackup.Request, RestoreTableFromBackup.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "RestoreTableFromBackupInput",
          Shape.Member.required("TargetTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.required("BackupArn", BackupShapes.ARN),
          BackupShapes.BILLING_MODE,
          BackupShapes.GLOBAL_INDEXES,
          BackupShapes.LOCAL_INDEXES,
          BackupShapes.THROUGHPUT,
          BackupShapes.ON_DEMAND,
          BackupShapes.ENCRYPTION);

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
    TableWriter.table(
        json,
        "TableDescription",
        response.table(),
        TableSize.EMPTY,
        Optional.of(response.summary()));
  }
}
