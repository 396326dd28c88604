package org.ostraka.server.wire;

import org.ostraka.model.operation.DeleteBackup;

/** DeleteBackup on the wire. Stateless. */
final class DeleteBackupCodec
    implements OperationCodec<DeleteBackup.Request, DeleteBackup.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DeleteBackupInput", Shape.Member.required("BackupArn", BackupShapes.ARN));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DeleteBackup.Request request(Members members, RequestHead head) {
    return new DeleteBackup.Request(members.requiredText("BackupArn"));
  }

  @Override
  public void response(DeleteBackup.Response response, JsonOutput json) {
    BackupWriter.description(json, response.backup());
  }
}
