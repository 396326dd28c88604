package org.ostraka.engine.backup;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Caller;
import org.ostraka.model.error.BackupNotFoundException;
import org.ostraka.model.operation.DescribeBackup;
import org.ostraka.storage.Store;

/** Carries out DescribeBackup. Any thread. */
public final class DescribeBackupHandler
    implements OperationHandler<DescribeBackup.Request, DescribeBackup.Response> {
  private final Gate gate;
  private final BackupRows rows;

  public DescribeBackupHandler(Gate gate, Store store) {
    this.gate = gate;
    this.rows = new BackupRows(store);
  }

  @Override
  public DescribeBackup.Response handle(Caller caller, DescribeBackup.Request request) {
    BackupArn arn = BackupReference.here(caller.owner(), request.backupArn());
    gate.admit(caller, Action.DESCRIBE_BACKUP, arn);
    return new DescribeBackup.Response(
        rows.backup(arn).map(Backup::description).orElseThrow(() -> unknown(arn)));
  }

  static BackupNotFoundException unknown(BackupArn arn) {
    return new BackupNotFoundException("Backup not found: " + arn);
  }
}
