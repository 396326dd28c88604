package org.ostraka.engine.backup;

import java.util.List;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupType;
import org.ostraka.model.Caller;
import org.ostraka.model.error.BackupInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DeleteBackup;
import org.ostraka.storage.Store;

/** Carries out DeleteBackup: the {@link Archiver} removes the objects. Any thread. */
public final class DeleteBackupHandler
    implements OperationHandler<DeleteBackup.Request, DeleteBackup.Response> {
  private final Gate gate;
  private final BackupRows rows;
  private final ArchiveAccess archive;

  /**
   * Makes the handler.
   *
   * @param archive the archive of backups
   */
  public DeleteBackupHandler(Gate gate, Store store, ArchiveAccess archive) {
    this.gate = gate;
    this.rows = new BackupRows(store);
    this.archive = archive;
  }

  @Override
  public DeleteBackup.Response handle(Caller caller, DeleteBackup.Request request) {
    BackupArn arn = BackupReference.here(caller.owner(), request.backupArn());
    gate.admit(caller, Action.DELETE_BACKUP, arn);
    Backup backup = rows.backup(arn).orElseThrow(() -> DescribeBackupHandler.unknown(arn));
    if (backup.description().details().type() == BackupType.SYSTEM) {
      throw new ValidationException(
          "Invalid Request: User is not allowed to delete the system backup with arn "
              + arn
              + ". It will automatically expire on "
              + backup.description().details().expiry().orElseThrow());
    }
    if (rows.isBeingRestored(arn)) {
      throw new BackupInUseException("Backup is being used to restore table: " + arn);
    }
    rows.delete(List.of(), List.of(BackupRows.key(arn)));
    archive.archiving().run();
    return new DeleteBackup.Response(backup.description().deleted());
  }
}
