package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.EngineSettings;
import org.ostraka.engine.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.UpdateTable;

/** Carries out UpdateTable. Any thread. */
public final class UpdateTableHandler
    implements OperationHandler<UpdateTable.Request, UpdateTable.Response> {
  private static final String IN_USE = "Attempt to change a resource which is still in use: ";

  private final Catalogue catalogue;
  private final Clock clock;
  private final EngineSettings settings;

  public UpdateTableHandler(Catalogue catalogue, Clock clock, EngineSettings settings) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public UpdateTable.Response handle(Caller caller, UpdateTable.Request request) {
    UpdateTableRules.requireCombination(request);
    TableArn arn = TableReference.resolve(caller, request.tableName());
    OpenTable table = catalogue.change(arn, record -> changed(caller, record, request));
    return new UpdateTable.Response(answer(table, request), table.size());
  }

  private TableRecord changed(Caller caller, TableRecord record, UpdateTable.Request request) {
    refuseUnlessStable(record.description());
    if (request.deletionProtected() != null) {
      boolean wanted = request.deletionProtected();
      return record.with(table -> table.withDeletionProtection(wanted));
    }
    refuseWhileUpdating(record, request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TableChange change = new TableChange(now, now.plus(settings.tableTransition()), record);
    List<TableRecord> others =
        catalogue.records(caller).stream()
            .filter(other -> !other.items().equals(record.items()))
            .toList();
    return change.apply(caller, request, others);
  }

  /** What the answer shows: the table in transition, also when nothing had to change. */
  private static TableDescription answer(OpenTable table, UpdateTable.Request request) {
    TableDescription shown = shown(table.stored().description(), request.onDemandMaximum());
    boolean takesTime =
        request.billingMode() != null
            || request.throughput() != null
            || request.tableClass() != null;
    return takesTime ? shown.withStatus(TableStatus.UPDATING) : shown;
  }

  /** A maximum that was just taken away shows once more, as the -1 that took it. */
  private static TableDescription shown(TableDescription table, @Nullable OnDemandMaximum wanted) {
    return wanted == null
        ? table
        : table.withOnDemandThroughput(OnDemandRules.echoed(table.onDemandThroughput(), wanted));
  }

  private static void refuseUnlessStable(TableDescription table) {
    switch (table.status()) {
      case CREATING ->
          throw new ResourceInUseException(IN_USE + "Table is being created: " + table.name());
      case DELETING ->
          throw new ResourceInUseException(IN_USE + "Table is being deleted: " + table.name());
      case ACTIVE, UPDATING -> {}
    }
  }

  private static void refuseWhileUpdating(TableRecord record, UpdateTable.Request request) {
    TableDescription table = record.description();
    if (table.status() != TableStatus.UPDATING) {
      return;
    }
    Optional<TableClass> nextClass = nextClass(record);
    if (request.tableClass() != null) {
      throw new ResourceInUseException(
          IN_USE
              + nextClass
                  .map(next ->
                      "Can't update table class when a table class update is in progress. Table: "
                          + table.name()
                          + " TableClassUpdateInProgress: "
                          + next)
                  .orElse("Table: " + table.name() + " is in the process of being updated."));
    }
    if (request.billingMode() == null && request.throughput() == null) {
      throw new ResourceInUseException(
          IN_USE
              + "OnDemandThroughput cannot be updated while "
              + (nextClass.isPresent() ? "TableClass" : "BillingMode")
              + " update is in progress");
    }
    throw new ResourceInUseException(
        IN_USE + "Table IOPS are currently being updated. Table: " + table.name());
  }

  /** The class that the table is changing to, if that is what it changes. */
  private static Optional<TableClass> nextClass(TableRecord record) {
    return record
        .transition()
        .flatMap(TableRecord.Transition::after)
        .filter(after -> !after.tableClass().equals(record.description().tableClass()))
        .flatMap(TableDescription::tableClass)
        .map(TableClassSummary::tableClass);
  }
}
