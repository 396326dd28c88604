package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDetails;
import org.ostraka.model.BackupStatus;
import org.ostraka.model.BackupType;
import org.ostraka.model.Caller;
import org.ostraka.model.TableDescription;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/** Carries out CreateBackup: the {@link Archiver} makes the backup. Any thread. */
public final class CreateBackupHandler
    implements OperationHandler<CreateBackup.Request, CreateBackup.Response> {
  private final Gate gate;
  private final BackupRows rows;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final ArchiveAccess archive;

  /**
   * Makes the handler.
   *
   * @param archive the archive of backups
   */
  public CreateBackupHandler(
      Gate gate, Store store, Clock clock, Supplier<UUID> ids, ArchiveAccess archive) {
    this.gate = gate;
    this.rows = new BackupRows(store);
    this.clock = clock;
    this.ids = ids;
    this.archive = archive;
  }

  @Override
  public CreateBackup.Response handle(Caller caller, CreateBackup.Request request) {
    AdmittedTable admitted = gate.admit(caller, Action.CREATE_BACKUP, request.tableName());
    TableRecord record = BackupTables.record(admitted);
    archive.require();
    TableDescription table = record.description();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID chain = ids.get();
    BackupDetails details =
        new BackupDetails(
            BackupArn.of(table.arn(), now, suffix(chain)),
            request.backupName(),
            admitted.describe().size().sizeBytes(),
            BackupStatus.CREATING,
            BackupType.USER,
            now,
            Optional.empty());
    rows.write(
        List.of(),
        BackupRows.put(
            new Backup(
                BackupStart.describe(admitted.describe(), record, details, now),
                chain,
                Optional.empty())),
        BackupRows.put(Chain.begin(chain, table.arn(), table.id(), false, now, new Space(0))));
    archive.archiving().run();
    return new CreateBackup.Response(details);
  }

  /** Returns digits that tell the backup from others; those of SYSTEM backups are all zero. */
  private static int suffix(UUID chain) {
    int digits = Long.hashCode(chain.getLeastSignificantBits());
    return digits == 0 ? 1 : digits;
  }
}
