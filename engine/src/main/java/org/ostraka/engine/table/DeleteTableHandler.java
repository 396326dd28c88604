package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.index.IndexUpdateRules;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.region.GlobalTableRules;
import org.ostraka.engine.region.ReplicaUpdates;
import org.ostraka.model.Caller;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DeleteTable;

/** Carries out DeleteTable. Any thread. */
public final class DeleteTableHandler
    implements OperationHandler<DeleteTable.Request, DeleteTable.Response> {

  private final Gate gate;
  private final Clock clock;
  private final EngineSettings settings;
  private final ReplicaUpdates replicas;
  private final Runnable archiving;

  /**
   * Makes the handler.
   *
   * @param archiving run when there is something to archive
   */
  public DeleteTableHandler(
      Gate gate,
      Clock clock,
      EngineSettings settings,
      ReplicaUpdates replicas,
      Runnable archiving) {
    this.archiving = archiving;
    this.gate = gate;
    this.clock = clock;
    this.settings = settings;
    this.replicas = replicas;
  }

  @Override
  public DeleteTable.Response handle(Caller caller, DeleteTable.Request request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AdmittedTable admitted = gate.admit(caller, Action.DELETE_TABLE, request.tableName());
    Optional<TableRecord> replica =
        admitted.describe().current().filter(record -> record.description().hasSeveralAccounts());
    if (replica.isPresent()) {
      var _ = gate.admit(caller, Action.DELETE_TABLE_REPLICA, request.tableName());
    }
    Optional<Region> away = replica.flatMap(replicas::away);
    ChangedTable table =
        admitted.change(stored -> {
          GlobalTableRules.refuseBusy(stored, away, now);
          TableRecord record = replicas.atRest(stored, away);
          refuseUnlessDeletable(record.description());
          TableRecord kept = kept(record);
          return record.description().global().isPresent()
              ? replicas.leaving(kept)
              : kept.vanishing(now.plus(settings.tableTransition()));
        });
    if (!table.stored().recovery().holds().isEmpty()) {
      archiving.run();
    }
    return new DeleteTable.Response(table.stored().description(), table.size());
  }

  /** Keeps the rows of a table with point-in-time recovery until a last backup has them. */
  private static TableRecord kept(TableRecord record) {
    return record
        .recovery()
        .pointInTime()
        .map(on -> record.withRecovery(record.recovery().withHold(on.chain())))
        .orElse(record);
  }

  private static void refuseUnlessDeletable(TableDescription table) {
    switch (table.status()) {
      case CREATING ->
          throw ResourceInUseException.whileChanging("Table is being created: " + table.name());
      case DELETING ->
          throw ResourceInUseException.whileChanging("Table is being deleted: " + table.name());
      case UPDATING -> {
        IndexUpdateRules.requireAtRest(table);
        throw updating(table);
      }
      case ACTIVE, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> {
        refuseUpdating(table);
        refuseProtected(table);
        IndexUpdateRules.requireAtRest(table);
      }
    }
  }

  /** Refuses a table that changes although it is active. */
  private static void refuseUpdating(TableDescription table) {
    if (table.encryption().filter(EncryptionDescription::isUpdating).isPresent()
        || table.warmThroughput().filter(WarmThroughput::isUpdating).isPresent()) {
      throw updating(table);
    }
  }

  private static ResourceInUseException updating(TableDescription table) {
    return ResourceInUseException.whileChanging(
        "Table: " + table.name() + " is in the process of being updated.");
  }

  private static void refuseProtected(TableDescription table) {
    if (table.deletionProtected()) {
      throw new ValidationException(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
  }
}
