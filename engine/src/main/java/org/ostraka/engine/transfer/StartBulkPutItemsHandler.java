package org.ostraka.engine.transfer;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.BucketAccess;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.TransferArn;
import org.ostraka.model.operation.StartBulkPutItems;
import org.ostraka.storage.Store;

/**
 * Carries out StartBulkPutItems: it begins the operation, which is then in progress. Any thread.
 */
public final class StartBulkPutItemsHandler
    implements OperationHandler<StartBulkPutItems.Request, StartBulkPutItems.Response> {
  private final Gate gate;
  private final BulkOperations operations;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final TransferAccess access;

  public StartBulkPutItemsHandler(
      Gate gate, Store store, Clock clock, Supplier<UUID> ids, TransferAccess access) {
    this.gate = gate;
    this.operations = new BulkOperations(store);
    this.clock = clock;
    this.ids = ids;
    this.access = access;
  }

  @Override
  public StartBulkPutItems.Response handle(Caller caller, StartBulkPutItems.Request request) {
    String bucket = BulkRules.requireForm(request);
    AdmittedTable admitted = gate.admit(caller, Action.START_BULK_PUT_ITEMS, request.tableName());
    access.require();
    Instant now = clock.instant();
    Owner owner = admitted.arn().owner();
    TableRecord record = admitted.record();
    BulkOperation wanted = describe(request, bucket, record, now);
    Optional<BulkOperation> before =
        operations.ofToken(owner, wanted.clientToken(), request.toString(), now);
    if (before.isPresent()) {
      return new StartBulkPutItems.Response(before.get());
    }
    BulkRules.requireState(record);
    BulkRules.requireRoom(record, operations.inProgress());
    operations.forget(owner, now);
    if (!gate.mayUse(caller, accesses(wanted))) {
      BulkOperation failed = wanted.failed(wanted.arn().started(), BucketRules.DENIED);
      var _ = operations.begin(failed, request.toString(), now);
      return new StartBulkPutItems.Response(wanted);
    }
    BulkOperation begun = operations.begin(wanted, request.toString(), now);
    access.begun().run();
    return new StartBulkPutItems.Response(begun);
  }

  private static List<BucketAccess> accesses(BulkOperation wanted) {
    List<BucketAccess> accesses =
        new ArrayList<>(
            BucketRules.toRead(wanted.input().bucket(), wanted.input().prefix().orElse("")));
    accesses.addAll(BucketRules.toWrite(wanted.output().bucket(), wanted.folder()));
    return accesses;
  }

  private BulkOperation describe(
      StartBulkPutItems.Request request, String bucket, TableRecord record, Instant now) {
    UUID id = ids.get();
    StartBulkPutItems.Output output = request.output();
    return new BulkOperation(
        TransferArn.of(
            record.description().arn(),
            TransferArn.Kind.BULK,
            now.truncatedTo(ChronoUnit.MILLIS),
            Long.hashCode(id.getLeastSignificantBits())),
        record.description().id().toString(),
        BulkOperation.Status.IN_PROGRESS,
        Optional.ofNullable(request.clientToken()).orElse(id.toString()),
        request.input(),
        new BulkOperation.Output(
            bucket, output.owner(), output.prefix(), output.algorithm(), output.reports()),
        request.maxWriteUnits(),
        request.tier(),
        BulkOperation.Counts.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
