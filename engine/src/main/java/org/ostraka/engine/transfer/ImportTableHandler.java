package org.ostraka.engine.transfer;

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
import org.ostraka.engine.table.CreateTableHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.Limits;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferStatus;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ImportTable;
import org.ostraka.storage.Store;

/**
 * Carries out ImportTable: it begins the import, which then makes the table. Any thread.
 *
 * <p>The texts are those of findings IMPORT-010, 015, 017 and 018 of aws-controllers-k8s (October
 * 2026).
 */
public final class ImportTableHandler
    implements OperationHandler<ImportTable.Request, ImportTable.Response> {
  private final Gate gate;
  private final CreateTableHandler tables;
  private final Imports imports;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final TransferAccess access;

  public ImportTableHandler(
      Gate gate,
      CreateTableHandler tables,
      Store store,
      Clock clock,
      Supplier<UUID> ids,
      TransferAccess access) {
    this.gate = gate;
    this.tables = tables;
    this.imports = new Imports(store);
    this.clock = clock;
    this.ids = ids;
    this.access = access;
  }

  @Override
  public ImportTable.Response handle(Caller caller, ImportTable.Request request) {
    if (request.options() && request.format() != ItemFormat.CSV) {
      throw new ValidationException(
          "Invalid Request: Unsupported InputFormatOptions for the given input format: "
              + request.format()
              + ".");
    }
    requireHeader(request);
    CreateTableHandler.requireForm(request.table());
    AdmittedTable admitted = gate.admit(caller, Action.IMPORT_TABLE, request.table().tableName());
    access.require();
    Instant now = clock.instant();
    ImportDescription wanted = describe(request, tables.plan(admitted.arn(), request.table()), now);
    Optional<ImportDescription> before =
        imports.ofToken(admitted.arn().owner(), wanted.clientToken(), wanted, now);
    if (before.isPresent()) {
      return new ImportTable.Response(before.get());
    }
    List<TableRecord> others = admitted.tablesOfOwner();
    if (others.stream().anyMatch(each -> each.description().arn().equals(admitted.arn()))) {
      throw new ResourceInUseException("Table already exists: " + admitted.arn().table());
    }
    if (others.size() >= Limits.TABLES) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + Limits.TABLES
              + " tables per subscriber");
    }
    imports.forget(admitted.arn().owner(), now);
    imports.requireRoom(admitted.arn().owner());
    String prefix = wanted.source().prefix().orElse("");
    if (!gate.mayUse(caller, BucketRules.toRead(wanted.source().bucket(), prefix))) {
      var _ = imports.fail(wanted.failed(wanted.arn().started(), BucketRules.DENIED), now);
      return new ImportTable.Response(wanted);
    }
    ImportDescription begun = imports.begin(wanted, now);
    access.begun().run();
    return new ImportTable.Response(begun);
  }

  /** Refuses names of columns that no item has room for: they are stored with the import. */
  private static void requireHeader(ImportTable.Request request) {
    if (request.csv() != null
        && request.csv().header().stream().mapToLong(String::length).sum() > Limits.ITEM_BYTES) {
      // Our own text: the service's is not known.
      throw new ValidationException(
          "Invalid Request: the names of HeaderList are longer than an item may be");
    }
  }

  private ImportDescription describe(
      ImportTable.Request request, TableDescription table, Instant now) {
    UUID id = ids.get();
    return new ImportDescription(
        TransferArn.of(
            table.arn(),
            TransferArn.Kind.IMPORT,
            now.truncatedTo(ChronoUnit.MILLIS),
            Long.hashCode(id.getLeastSignificantBits())),
        table,
        TransferStatus.IN_PROGRESS,
        Optional.ofNullable(request.clientToken()).orElse(id.toString()),
        request.source(),
        request.format(),
        Optional.ofNullable(request.csv()),
        request.compression(),
        ImportDescription.Counts.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
