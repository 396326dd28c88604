package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.error.InvalidRestoreTimeException;
import org.ostraka.model.error.PointInTimeRecoveryUnavailableException;
import org.ostraka.model.error.TableAlreadyExistsException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.RestoreTableToPointInTime;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/**
 * Carries out RestoreTableToPointInTime: {@link Restorations} fills the table. Any thread.
 *
 * <p>The checks are in the service's order (finding 100 of aws-controllers-k8s, October 2026): the
 * form, the source, its recovery, the time, the target.
 */
public final class RestoreTableToPointInTimeHandler
    implements OperationHandler<
        RestoreTableToPointInTime.Request, RestoreTableToPointInTime.Response> {
  private final Gate gate;
  private final ContinuousBackupsView view;
  private final Clock clock;
  private final RestoredTables tables;

  /**
   * Makes the handler.
   *
   * @param archive the archive of backups
   */
  public RestoreTableToPointInTimeHandler(
      Gate gate, Store store, Clock clock, Supplier<UUID> ids, ArchiveAccess archive) {
    this.gate = gate;
    this.view = new ContinuousBackupsView(new BackupRows(store));
    this.clock = clock;
    this.tables = new RestoredTables(gate, store, clock, ids, archive);
  }

  @Override
  public RestoreTableToPointInTime.Response handle(
      Caller caller, RestoreTableToPointInTime.Request request) {
    requireForm(request);
    TableArn source = source(caller, request);
    AdmittedTable admitted =
        gate.admitSource(caller, Action.RESTORE_TABLE_TO_POINT_IN_TIME, source);
    AdmittedTable target = tables.admit(caller, request.targetTableName());
    TableRecord record = BackupTables.serving(admitted);
    Recovery.PointInTime on =
        record.recovery().pointInTime().orElseThrow(() -> unavailable(source.table()));
    Instant moment = moment(record, request.moment());
    if (!source.owner().region().equals(caller.owner().region())
        && request.overrides().encryption() == null) {
      throw RestoreRules.invalid(
          "sseSpecificationOverride must be provided for cross-region restores");
    }
    if (target.arn().equals(source)) {
      throw new TableAlreadyExistsException("Table already exists: " + source.table());
    }
    RestoreSummary summary = new RestoreSummary(Optional.empty(), source, moment);
    TableDescription table =
        tables.begin(
            target,
            new RestoredTables.Origin(record.description(), on.chain(), stamp(moment, on), summary),
            request.overrides());
    return new RestoreTableToPointInTime.Response(table, summary);
  }

  /** Returns the last stamp of a moment; times of the first second are that of the enabling. */
  private static Stamp stamp(Instant moment, Recovery.PointInTime on) {
    Instant exact = moment.isBefore(on.enabled()) ? on.enabled() : moment;
    return new Stamp(Stamp.of(exact.plusMillis(1)).value() - 1);
  }

  private static void requireForm(RestoreTableToPointInTime.Request request) {
    boolean latest = Boolean.TRUE.equals(request.useLatest());
    if (latest && request.moment() != null) {
      throw RestoreRules.invalid(
          "Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore"
              + " request. Please specify only one of them");
    }
    if (!latest && request.moment() == null) {
      throw RestoreRules.invalid(
          "Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not"
              + " both");
    }
    if (request.sourceTableArn() != null && request.sourceTableName() != null) {
      throw new ValidationException("Must provide exactly one of: sourceTableArn, sourceTableName");
    }
    if (request.sourceTableArn() == null && request.sourceTableName() == null) {
      throw new ValidationException(
          "The parameter 'TableName' is required but was not present in the request");
    }
  }

  private static TableArn source(Caller caller, RestoreTableToPointInTime.Request request) {
    if (request.sourceTableName() != null) {
      return new TableArn(caller.owner(), new TableName(request.sourceTableName()));
    }
    return TableArn.parse(Optional.ofNullable(request.sourceTableArn()).orElse(""))
        .orElseThrow(() -> RestoreRules.invalid("SourceTableArn is not valid"));
  }

  /** Returns the time to restore, which must be within the window. */
  private Instant moment(TableRecord record, @Nullable Instant wanted) {
    ContinuousBackups.Window window =
        view.of(record, clock.instant())
            .pointInTime()
            .orElseThrow(() -> unavailable(record.description().name()));
    if (wanted == null) {
      return window.latest();
    }
    if (wanted.isBefore(window.earliest()) || wanted.isAfter(window.latest())) {
      throw new InvalidRestoreTimeException(
          "RestoreDateTime '"
              + second(wanted)
              + "' must be within EarliestRestorableDateTime '"
              + window.earliest()
              + "' and LatestRestorableDateTime '"
              + window.latest()
              + "'");
    }
    return wanted;
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static PointInTimeRecoveryUnavailableException unavailable(TableName table) {
    return new PointInTimeRecoveryUnavailableException(
        "Point in time recovery is not enabled for table '" + table + "'");
  }
}
