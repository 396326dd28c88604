package org.ostraka.engine.backup;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Caller;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.BackupInUseException;
import org.ostraka.model.error.BackupNotFoundException;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/** Carries out RestoreTableFromBackup: {@link Restorations} fills the table. Any thread. */
public final class RestoreTableFromBackupHandler
    implements OperationHandler<RestoreTableFromBackup.Request, RestoreTableFromBackup.Response> {
  private final Gate gate;
  private final BackupRows rows;
  private final RestoredTables tables;

  /**
   * Makes the handler.
   *
   * @param archive the archive of backups
   */
  public RestoreTableFromBackupHandler(
      Gate gate, Store store, Clock clock, Supplier<UUID> ids, ArchiveAccess archive) {
    this.gate = gate;
    this.rows = new BackupRows(store);
    this.tables = new RestoredTables(gate, store, clock, ids, archive);
  }

  @Override
  public RestoreTableFromBackup.Response handle(
      Caller caller, RestoreTableFromBackup.Request request) {
    BackupArn arn = BackupReference.anywhere(request.backupArn());
    gate.admit(caller, Action.RESTORE_TABLE_FROM_BACKUP, arn);
    AdmittedTable target = tables.admit(caller, request.targetTableName());
    Backup backup = rows.backup(arn).orElseThrow(() -> DescribeBackupHandler.unknown(arn));
    Stamp stamp = backup.stamp().orElseThrow(() -> notReady(arn));
    if (!arn.table().owner().region().equals(caller.owner().region())
        && request.overrides().encryption() == null) {
      throw RestoreRules.invalid(
          "sseSpecificationOverride must be provided for cross-region restores");
    }
    if (rows.isBeingRestored(arn)) {
      throw new BackupInUseException("Backup is being used to restore another table: " + arn);
    }
    RestoreSummary summary =
        new RestoreSummary(
            Optional.of(arn.toString()), arn.table(), backup.description().details().created());
    TableDescription table =
        tables.begin(
            target,
            new RestoredTables.Origin(backup.description().table(), backup.chain(), stamp, summary),
            request.overrides());
    return new RestoreTableFromBackup.Response(table, summary);
  }

  /** A backup that is being made cannot be restored yet; the service's text is not known. */
  private static BackupNotFoundException notReady(BackupArn arn) {
    return DescribeBackupHandler.unknown(arn);
  }
}
