package org.ostraka.engine.transfer;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.backup.ContinuousBackupsView;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableStatus;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferStatus;
import org.ostraka.model.error.PointInTimeRecoveryUnavailableException;
import org.ostraka.model.error.TableNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExportTableToPointInTime;
import org.ostraka.storage.Store;

/**
 * Carries out ExportTableToPointInTime: it begins the export, which is then in progress. Any
 * thread.
 */
public final class ExportTableToPointInTimeHandler
    implements OperationHandler<
        ExportTableToPointInTime.Request, ExportTableToPointInTime.Response> {
  private final Gate gate;
  private final Exports exports;
  private final ContinuousBackupsView view;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final TransferAccess access;
  private final Expressions expressions;

  public ExportTableToPointInTimeHandler(
      Gate gate,
      Store store,
      Clock clock,
      Supplier<UUID> ids,
      TransferAccess access,
      Expressions expressions) {
    this.gate = gate;
    this.exports = new Exports(store);
    this.view = new ContinuousBackupsView(store);
    this.clock = clock;
    this.ids = ids;
    this.access = access;
    this.expressions = expressions;
  }

  @Override
  public ExportTableToPointInTime.Response handle(
      Caller caller, ExportTableToPointInTime.Request request) {
    ExportRules.requireForm(request);
    TableArn arn =
        TableArn.parse(request.tableArn())
            .orElseThrow(() -> ValidationException.ofParameters("tableArn is not a valid ARN"));
    AdmittedTable admitted =
        gate.admit(caller, Action.EXPORT_TABLE_TO_POINT_IN_TIME, request.tableArn())
            .orElse(() -> unknown(arn));
    access.require();
    Optional.ofNullable(request.filter())
        .ifPresent(filter ->
            ExportSelection.require(expressions, filter, admitted.record().description().key()));
    Instant now = clock.instant();
    UUID id = ids.get();
    String token = Optional.ofNullable(request.clientToken()).orElse(id.toString());
    Optional<ExportDescription> before =
        exports.ofToken(arn.owner(), token, request.toString(), now);
    if (before.isPresent()) {
      return new ExportTableToPointInTime.Response(before.get());
    }
    TableRecord record = serving(admitted);
    Recovery.PointInTime on =
        record.recovery().pointInTime().orElseThrow(() -> unavailable(record));
    ExportJob job =
        new ExportJob(
            describe(request, record, token, id, now),
            record.description().key(),
            on.chain(),
            on.enabled(),
            Optional.empty());
    exports.forget(arn.owner(), now);
    exports.requireRoom(arn.owner());
    ExportDescription wanted = job.description();
    if (!gate.mayUse(caller, BucketRules.toWrite(request.bucket(), wanted.folder()))) {
      var _ =
          exports.fail(
              wanted.failed(wanted.arn().started(), BucketRules.DENIED), request.toString(), now);
      return new ExportTableToPointInTime.Response(wanted);
    }
    ExportDescription begun = exports.begin(job, request.toString(), now);
    access.begun().run();
    return new ExportTableToPointInTime.Response(begun);
  }

  private ExportDescription describe(
      ExportTableToPointInTime.Request request,
      TableRecord record,
      String token,
      UUID id,
      Instant now) {
    ContinuousBackups.Window window =
        view.of(record, now).pointInTime().orElseThrow(() -> unavailable(record));
    ExportTableToPointInTime.Increment wanted = request.increment();
    Optional<ExportDescription.Increment> increment =
        wanted == null
            ? Optional.empty()
            : Optional.of(
                ExportRules.increment(wanted, record.description().created(), window, now));
    Instant moment =
        increment
            .map(ExportDescription.Increment::to)
            .orElseGet(() -> ExportRules.moment(request.exportTime(), window, now));
    return new ExportDescription(
        TransferArn.of(
            record.description().arn(),
            TransferArn.Kind.EXPORT,
            now.truncatedTo(ChronoUnit.MILLIS),
            Long.hashCode(id.getLeastSignificantBits())),
        record.description().id().toString(),
        TransferStatus.IN_PROGRESS,
        moment,
        token,
        new ExportDescription.Destination(
            request.bucket(),
            Optional.ofNullable(request.bucketOwner()),
            Optional.ofNullable(request.prefix())),
        Optional.ofNullable(request.format()).orElse(ItemFormat.DYNAMODB_JSON),
        increment,
        Optional.ofNullable(request.filter()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TableRecord serving(AdmittedTable table) {
    TableRecord record = table.record();
    TableStatus status = record.description().status();
    if (status == TableStatus.CREATING || status == TableStatus.DELETING) {
      throw unknown(table.arn());
    }
    return record;
  }

  private static TableNotFoundException unknown(TableArn table) {
    return new TableNotFoundException("Table not found: " + table);
  }

  private static PointInTimeRecoveryUnavailableException unavailable(TableRecord record) {
    return new PointInTimeRecoveryUnavailableException(
        "Point in time recovery is not enabled for table '" + record.description().name() + "'");
  }
}
