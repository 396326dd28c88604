package org.ostraka.server.wire;

import org.ostraka.model.operation.CreateBackup;

/** CreateBackup on the wire. Stateless. */
final class CreateBackupCodec
    implements OperationCodec<CreateBackup.Request, CreateBackup.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CreateBackupInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.required("BackupName", BackupShapes.NAME));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public CreateBackup.Request request(Members members, RequestHead head) {
    return new CreateBackup.Request(
        members.requiredText("TableName"), members.requiredText("BackupName"));
  }

  @Override
  public void response(CreateBackup.Response response, JsonOutput json) {
    BackupWriter.details(json, response.details());
  }
}
