package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.UpdateContinuousBackups;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/** Carries out UpdateContinuousBackups. Any thread. */
public final class UpdateContinuousBackupsHandler
    implements OperationHandler<UpdateContinuousBackups.Request, UpdateContinuousBackups.Response> {
  private static final int DEFAULT_DAYS = 35;

  private final Gate gate;
  private final ContinuousBackupsView view;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final StreamSettings streams;
  private final ArchiveAccess archive;

  /**
   * Makes the handler.
   *
   * @param ids makes the ids of what is archived
   * @param archive the archive of backups
   */
  public UpdateContinuousBackupsHandler(
      Gate gate,
      Store store,
      Clock clock,
      Supplier<UUID> ids,
      StreamSettings streams,
      ArchiveAccess archive) {
    this.gate = gate;
    this.view = new ContinuousBackupsView(new BackupRows(store));
    this.clock = clock;
    this.ids = ids;
    this.streams = streams;
    this.archive = archive;
  }

  @Override
  public UpdateContinuousBackups.Response handle(
      Caller caller, UpdateContinuousBackups.Request request) {
    if (!request.enabled() && request.days() != null) {
      throw new ValidationException(
          "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time"
              + " recovery.");
    }
    AdmittedTable table = gate.admit(caller, Action.UPDATE_CONTINUOUS_BACKUPS, request.tableName());
    var _ = BackupTables.record(table);
    if (request.enabled()) {
      archive.require();
    }
    UUID chain = ids.get();
    TableRecord changed =
        table
            .orElse(() -> BackupTables.unknown(table.arn().table()))
            .changeWithSpace(
                request.enabled() ? record -> enabled(record, request, chain) : this::disabled)
            .stored();
    archive.archiving().run();
    return new UpdateContinuousBackups.Response(view.of(changed, clock.instant()));
  }

  private Function<Space, TableRecord> enabled(
      TableRecord record, UpdateContinuousBackups.Request request, UUID chain) {
    Instant now = clock.instant();
    Recovery recovery = record.recovery();
    Optional<Recovery.PointInTime> on = recovery.pointInTime();
    if (on.isPresent()) {
      int days = Optional.ofNullable(request.days()).orElse(on.get().days());
      TableRecord next =
          record.withRecovery(recovery.withPointInTime(Optional.of(on.get().withDays(days))));
      return _ -> next;
    }
    int days = Optional.ofNullable(request.days()).orElse(DEFAULT_DAYS);
    return space -> {
      TableRecord recording =
          StreamChange.withNeededShards(
              record.withRecovery(
                  recovery.withPointInTime(
                      Optional.of(new Recovery.PointInTime(chain, now, days, space)))),
              space,
              streams,
              now);
      return recording.withRecovery(
          recovery.withPointInTime(
              Optional.of(
                  new Recovery.PointInTime(chain, now, days, BackupStart.firstShard(recording)))));
    };
  }

  /** Returns the table without recovery, and without the backup that its deletion would leave. */
  private Function<Space, TableRecord> disabled(TableRecord record) {
    Recovery recovery = record.recovery();
    Recovery off =
        recovery
            .pointInTime()
            .map(on -> recovery.withoutHold(on.chain()).withPointInTime(Optional.empty()))
            .orElse(recovery);
    return space ->
        StreamChange.withNeededShards(record.withRecovery(off), space, streams, clock.instant());
  }
}
