package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.encryption.EncryptionChange;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.encryption.EncryptionRules;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.index.GlobalIndexChange;
import org.ostraka.engine.index.IndexUpdateRules;
import org.ostraka.engine.index.IndexUpdates;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.region.Authorization;
import org.ostraka.engine.region.GlobalTableRules;
import org.ostraka.engine.region.ReplicaUpdates;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.ThroughputRules;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Caller;
import org.ostraka.model.IndexName;
import org.ostraka.model.LatestStream;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.EncryptionSpecification;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.operation.WarmThroughputUnits;
import org.ostraka.storage.Space;

/** Carries out UpdateTable. Any thread. */
public final class UpdateTableHandler
    implements OperationHandler<UpdateTable.Request, UpdateTable.Response> {

  private final Gate gate;
  private final Clock clock;
  private final EngineSettings settings;
  private final Supplier<UUID> ids;
  private final Runnable indexesAdded;
  private final ReplicaUpdates replicas;

  /**
   * Makes the handler.
   *
   * @param ids makes the ids of requests to the key service
   * @param indexesAdded called when there may be an index to build
   */
  public UpdateTableHandler(
      Gate gate,
      Clock clock,
      EngineSettings settings,
      Supplier<UUID> ids,
      Runnable indexesAdded,
      ReplicaUpdates replicas) {
    this.gate = gate;
    this.clock = clock;
    this.settings = settings;
    this.ids = ids;
    this.indexesAdded = indexesAdded;
    this.replicas = replicas;
  }

  @Override
  public UpdateTable.Response handle(Caller caller, UpdateTable.Request request) {
    EncryptionRules.requireForm(request.encryption());
    IndexUpdates indexes = UpdateTableRules.requireCombination(request);
    AdmittedTable admitted = gate.admit(caller, Action.UPDATE_TABLE, request.tableName());
    if (request.replicaUpdates() != null) {
      GlobalTableRules.Action action = GlobalTableRules.action(request.replicaUpdates());
      if (action instanceof GlobalTableRules.Action.Disassociate) {
        var _ = gate.admit(caller, Action.DISASSOCIATE_TABLE_REPLICA, request.tableName());
      }
      return replicas(admitted, action);
    }
    if (request.disassociationProtected() != null) {
      refuseUnlessStable(admitted.record().description());
      ChangedTable changed = replicas.protect(admitted, request.disassociationProtected());
      return new UpdateTable.Response(changed.stored().description(), changed.size());
    }
    if (UpdateTableRules.changesSharedSettings(request)) {
      admitted.describe().current().ifPresent(Authorization::requireSettings);
    }
    List<TableRecord> all = admitted.tablesOfOwner();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Region> away = admitted.describe().current().flatMap(replicas::away);
    ChangedTable table =
        request.encryption() == null
            ? admitted.changeWithSpace(record -> {
              GlobalTableRules.refuseBusy(record, away, now);
              return changed(admitted.arn().owner(), now, record, all, request, indexes);
            })
            : encrypted(admitted, away, now, request.encryption());
    UpdateTable.Response response = new UpdateTable.Response(answer(table, request), table.size());
    if (!indexes.creates().isEmpty()) {
      indexesAdded.run();
    }
    return response;
  }

  private UpdateTable.Response replicas(AdmittedTable table, GlobalTableRules.Action action) {
    refuseUnlessStable(table.record().description());
    ChangedTable begun = replicas.begin(table, action);
    return new UpdateTable.Response(
        begun.stored().description().withStatus(TableStatus.UPDATING), begun.size());
  }

  private ChangedTable encrypted(
      AdmittedTable table, Optional<Region> away, Instant now, EncryptionSpecification wanted) {
    EncryptionKeys keys = gate.encryptionKeys(ids.get(), table.arn().owner(), wanted);
    EncryptionChange change = new EncryptionChange(keys, now, now.plus(settings.tableTransition()));
    return table.change(record -> {
      GlobalTableRules.refuseBusy(record, away, now);
      refuseUnlessStable(record.description());
      TableRecord changed = change.apply(table.arn().owner(), record, wanted);
      EncryptionChange.ofNewTable(keys, table.arn().owner(), wanted)
          .ifPresent(key -> GlobalTableRules.refuseManagedKey(record.description(), key));
      return changed;
    });
  }

  private Function<Space, TableRecord> changed(
      Owner owner,
      Instant now,
      TableRecord record,
      List<TableRecord> known,
      UpdateTable.Request request,
      IndexUpdates indexes) {
    refuseUnlessStable(record.description());
    if (request.deletionProtected() != null) {
      boolean wanted = request.deletionProtected();
      TableRecord next = record.with(table -> table.withDeletionProtection(wanted));
      return _ -> next;
    }
    if (request.settingsReplication() != null) {
      TableRecord next = SettingsReplicationRules.changed(record, request.settingsReplication());
      return _ -> next;
    }
    GlobalTableRules.refuseProvisioned(record.description(), request.billingMode());
    IndexUpdateRules.require(record.description(), indexes);
    BusyTable.refuse(record, request, indexes);
    Instant due = now.plus(settings.tableTransition());
    List<TableRecord> others =
        known.stream().filter(other -> !other.items().equals(record.items())).toList();
    TableRecord changed = new TableChange(now, due, record).apply(owner, request, others);
    if (request.stream() != null) {
      return streamChange(changed, record, request.stream(), now, due);
    }
    GlobalIndexChange change = indexChange(record, request, now);
    change.requireAllProvisioned(indexes);
    if (indexes.isEmpty()) {
      return _ -> changed;
    }
    Effect effect = change.effect(indexes, request.definitions());
    List<TableRecord> all = new ArrayList<>(others);
    all.add(record);
    requireWithinLimits(owner, record.description(), all, indexes);
    TableRecord next = changed.changing(effect, due);
    return space ->
        indexes.creates().stream()
            .findFirst()
            .map(index -> next.withIndex(new IndexName(index.name()), space))
            .orElse(next);
  }

  private Function<Space, TableRecord> streamChange(
      TableRecord changed,
      TableRecord record,
      StreamSpecification wanted,
      Instant now,
      Instant due) {
    StreamChange.requireEffect(record.description(), wanted);
    if (!wanted.enabled()) {
      GlobalTableRules.refuseDisabling(record.description());
    }
    LatestStream stream = StreamChange.after(record.description().stream(), wanted, now);
    TableRecord next =
        changed.changing(
            new Effect(
                table -> table.withStream(stream).withStatus(TableStatus.UPDATING),
                table -> table.withStream(stream)),
            due);
    List<Long> firsts = StreamChange.firsts(record, settings.streams());
    return space -> StreamChange.withShards(next, space, firsts, now);
  }

  private static GlobalIndexChange indexChange(
      TableRecord record, UpdateTable.Request request, Instant now) {
    TableDescription table = record.description();
    BillingMode mode = Objects.requireNonNullElse(request.billingMode(), table.billing().mode());
    return new GlobalIndexChange(now, table, mode);
  }

  private static void requireWithinLimits(
      Owner owner, TableDescription table, List<TableRecord> all, IndexUpdates indexes) {
    for (NewIndex index : indexes.creates()) {
      requireWithinLimits(
          owner,
          all,
          index.name(),
          ProvisionedThroughput.NONE,
          index.throughput(),
          index.onDemandMaximum(),
          index.warmThroughput());
    }
    for (GlobalIndexUpdate.Throughput update : indexes.throughputs()) {
      requireWithinLimits(
          owner,
          all,
          update.name(),
          IndexUpdateRules.global(table, update.name()).throughput(),
          update.units(),
          update.onDemandMaximum(),
          update.warmThroughput());
    }
  }

  private static void requireWithinLimits(
      Owner owner,
      List<TableRecord> all,
      String index,
      ProvisionedThroughput now,
      @Nullable ThroughputUnits units,
      @Nullable OnDemandMaximum maximum,
      @Nullable WarmThroughputUnits warm) {
    if (units != null) {
      ThroughputRules.requireIndexWithinLimits(owner, all, index, now, units);
    }
    if (maximum != null) {
      OnDemandRules.requireIndexWithinLimits(owner, index, maximum);
    }
    if (warm != null) {
      WarmRules.requireWithinLimits(owner, WarmRules.index(index), warm);
    }
  }

  /**
   * Returns the table for the answer: as UPDATING if the request asks for a change that takes time,
   * even when nothing had to change.
   */
  private static TableDescription answer(ChangedTable table, UpdateTable.Request request) {
    TableDescription shown = shown(table.stored().description(), request.onDemandMaximum());
    boolean takesTime =
        request.billingMode() != null
            || request.throughput() != null
            || request.tableClass() != null
            || request.stream() != null;
    return takesTime ? shown.withStatus(TableStatus.UPDATING) : shown;
  }

  /**
   * Returns the table for the answer, which shows a maximum that was just removed as the -1 of the
   * request.
   */
  private static TableDescription shown(TableDescription table, @Nullable OnDemandMaximum wanted) {
    return wanted == null
        ? table
        : table.withOnDemandThroughput(OnDemandRules.echoed(table.onDemandThroughput(), wanted));
  }

  private static void refuseUnlessStable(TableDescription table) {
    switch (table.status()) {
      case CREATING ->
          throw ResourceInUseException.whileChanging("Table is being created: " + table.name());
      case DELETING ->
          throw ResourceInUseException.whileChanging("Table is being deleted: " + table.name());
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> {}
    }
  }
}
