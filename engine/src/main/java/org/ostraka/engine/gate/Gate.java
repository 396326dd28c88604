package org.ostraka.engine.gate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableReference;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.metric.RequestMetrics;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.Traffic;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.EncryptionSpecification;
import org.ostraka.storage.StorageException;

/**
 * The only way for an operation to reach a table: finds the table that a request names, judges
 * whether the caller may do what it asks and whether there is room for it, and settles what it
 * cost. Any thread.
 *
 * <p>Permission is judged before the table is looked for: a caller who may not use a table does not
 * learn whether it exists. Capacity is judged only of tables that serve.
 */
public final class Gate {
  private final Catalogue catalogue;
  private final LogHistories histories;
  private final Permissions permissions;
  private final Capacity capacity;
  private final KeyAccess keys;
  private final LongSupplier nanoTime;

  /**
   * Makes the gate.
   *
   * @param keys says which tables cannot be used because their encryption key cannot
   * @param nanoTime the time in nanoseconds, from any origin, with which requests are measured
   */
  public Gate(
      Catalogue catalogue,
      LogHistories histories,
      Permissions permissions,
      Capacity capacity,
      KeyAccess keys,
      LongSupplier nanoTime) {
    this.keys = keys;
    this.nanoTime = nanoTime;
    this.catalogue = catalogue;
    this.histories = histories;
    this.permissions = permissions;
    this.capacity = capacity;
  }

  /**
   * Work with a table's items. The gate may run it again, with a new use and a new meter, as long
   * as it has committed nothing: until then it must be repeatable.
   */
  @FunctionalInterface
  public interface Work<R> {
    /** Does the work. The use and the meter are valid until it returns. */
    R run(TableUse table, Meter meter);
  }

  /** Work with the items of several tables; see {@link Work}. */
  @FunctionalInterface
  public interface WorkOnSeveral<R> {
    /** Does the work. The uses and the meter are valid until it returns. */
    R run(TableUses tables, Meter meter);
  }

  /**
   * Uses a table's items.
   *
   * @param reference the table's name, or anything that begins like an ARN
   * @throws org.ostraka.model.error.ApiException when the caller may not, there is no room, or the
   *     table does not serve
   */
  public <R> R use(Caller caller, Action action, String reference, Work<R> work) {
    return use(caller, new Access(action, reference), work);
  }

  /** Uses the items of a table or an index; see the other method of this name. */
  public <R> R use(Caller caller, Access access, Work<R> work) {
    Action action = access.action();
    long begin = nanoTime.getAsLong();
    TableArn arn = permitted(caller, access);
    return attempt(
        caller,
        new Asked(action.operation(), action.isRead(), List.of(access), begin),
        (meter, metrics) -> {
          try (TableUse table = catalogue.use(caller.principal(), arn)) {
            table.metrics().follow(table.record().insights(), begin);
            metrics.uses(access.reference(), table.arn(), table.metrics());
            requireKey(table);
            table.admit(capacity.admit(caller, action, table));
            return work.run(table, meter);
          }
        });
  }

  /**
   * Uses the items of several tables. A table that does not serve is refused only when the work
   * asks for it.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not do all of it, or there is
   *     no room
   */
  public <R> R use(
      Caller caller, ItemOperation operation, List<Access> accesses, WorkOnSeveral<R> work) {
    long begin = nanoTime.getAsLong();
    Set<Access> permitted = new LinkedHashSet<>();
    Map<String, TableArn> named = new LinkedHashMap<>();
    for (Access access : new LinkedHashSet<>(accesses)) {
      TableArn arn = permitted(caller, access);
      permitted.add(access.withoutAsked());
      named.put(access.reference(), arn);
    }
    return attempt(
        caller,
        new Asked(
            operation,
            accesses.stream().allMatch(access -> access.action().isRead()),
            accesses,
            begin),
        (meter, metrics) -> {
          try (TableUses tables = catalogue.use(caller.principal(), named)) {
            permitted.forEach(access -> {
              Optional<TableUse> table = tables.find(access.reference());
              if (table.isPresent()) {
                table.get().metrics().follow(table.get().record().insights(), begin);
                metrics.uses(access.reference(), table.get().arn(), table.get().metrics());
                requireKey(table.get());
                table.get().admit(capacity.admit(caller, access.action(), table.get()));
              }
            });
            return work.run(tables, meter);
          }
        });
  }

  /**
   * Admits an action on a table that does not use its items.
   *
   * @param reference the table's name, or anything that begins like an ARN
   * @throws org.ostraka.model.error.ApiException when the caller may not; an absent table is
   *     reported only later
   */
  public AdmittedTable admit(Caller caller, Action action, String reference) {
    return admit(caller, new Access(action, reference));
  }

  /** Admits an access that does not use items; see the other method of this name. */
  public AdmittedTable admit(Caller caller, Access access) {
    return new AdmittedTable(catalogue, caller.principal(), permitted(caller, access));
  }

  /**
   * Admits an action that concerns no single table.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  public void admit(Caller caller, Action action) {
    permissions.require(caller, action);
  }

  /**
   * Admits an action on a stream.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not; an absent stream is
   *     reported only later
   */
  public AdmittedStream admit(Caller caller, Action action, StreamArn stream) {
    TableReference.requireRegion(caller.owner(), stream.table(), stream.toString());
    permissions.require(caller, action, target(stream));
    return admitted(stream);
  }

  private AdmittedStream admitted(StreamArn stream) {
    long begin = nanoTime.getAsLong();
    return new AdmittedStream(
        histories,
        stream,
        (records, bytes) ->
            catalogue
                .describe(stream.table())
                .ifPresent(table ->
                    table.metrics().stream(stream.label())
                        .returned(records, bytes, nanoTime.getAsLong() - begin)));
  }

  /**
   * Admits an action on a backup, which may be of another region.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  public void admit(Caller caller, Action action, BackupArn backup) {
    permissions.require(
        caller, action, target(backup.table(), backup.toString(), Optional.empty()));
  }

  /**
   * Admits an action on an export or import, which may be of another region.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  public void admit(Caller caller, Action action, TransferArn transfer) {
    permissions.require(
        caller, action, target(transfer.table(), transfer.toString(), Optional.empty()));
  }

  /** Returns whether the caller may use buckets so. */
  public boolean mayUse(Caller caller, List<BucketAccess> accesses) {
    return accesses.stream().allMatch(access -> permissions.allows(caller, access));
  }

  /**
   * Admits an action that concerns a table, if there is one, and returns the table's id.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  public Optional<String> tableId(Caller caller, Action action, TableArn table) {
    admit(caller, action);
    return record(table).get().map(record -> record.description().id().toString());
  }

  /**
   * Admits an action on a table, which may be of another region, for restoring another one from it.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  public AdmittedTable admitSource(Caller caller, Action action, TableArn source) {
    permissions.require(caller, action, target(source, source.toString(), Optional.empty()));
    return new AdmittedTable(catalogue, caller.principal(), source);
  }

  /**
   * Returns the caller as the policy of a table of another account knows it.
   *
   * @throws org.ostraka.model.error.ApiException when the caller's own policies do not allow the
   *     action
   */
  public CrossAccountCaller crossAccountCaller(Caller caller, Action action, TableArn table) {
    return permissions.crossAccountCaller(
        caller, action, target(table, table.toString(), Optional.empty()));
  }

  /**
   * Admits an action on the policy of a table or a stream.
   *
   * @param stream the stream's label; absent for the table
   * @throws org.ostraka.model.error.ApiException when the caller may not; an absent table is
   *     reported only later
   */
  public AdmittedPolicy admitPolicy(
      Caller caller, Action action, TableArn table, Optional<String> stream) {
    Target target =
        stream
            .map(label -> target(new StreamArn(table, label)))
            .orElseGet(() -> target(table, table.toString(), Optional.empty()));
    permissions.require(caller, action, target);
    return new AdmittedPolicy(
        new AdmittedTable(catalogue, caller.principal(), table),
        stream.map(label -> admitted(new StreamArn(table, label))),
        stream,
        next -> permissions.allows(caller, Action.PUT_RESOURCE_POLICY, target, next));
  }

  /** Lists the streams and shards of the caller's tables from a name on, in order of the names. */
  public List<LogHistories.OfTable> histories(Caller caller, Optional<TableName> from) {
    admit(caller, Action.LIST_STREAMS);
    return histories.of(caller.owner(), from);
  }

  /**
   * Lists the caller's tables whose names come after {@code after}, in order, those in transition
   * included.
   */
  public List<TableName> names(Caller caller, Optional<TableName> after, int limit) {
    admit(caller, Action.LIST_TABLES);
    return catalogue.names(caller.owner(), after, limit);
  }

  /** Returns the records of all of the caller's tables. */
  public List<TableRecord> records(Caller caller, Action action) {
    admit(caller, action);
    return catalogue.records(caller.owner());
  }

  private void requireKey(TableUse table) {
    keys.outage(table.items())
        .ifPresent(outage -> {
          throw outage.problem().error(outage.requestId());
        });
  }

  /**
   * Returns what is said of the encryption key that a request names.
   *
   * @param requestId the id that messages show
   */
  public EncryptionKeys encryptionKeys(
      UUID requestId, Owner owner, @Nullable EncryptionSpecification wanted) {
    return EncryptionKeys.asked(requestId, keys, owner, wanted);
  }

  /** Returns since when the key of a table cannot be used; empty when it can. */
  public Optional<Instant> keyOutage(TableRecord table) {
    return keys.outage(table.spaces().items()).map(KeyAccess.Outage::since);
  }

  /**
   * Runs the work, and runs it again when a table has changed before the work committed its
   * decision: see {@link Catalogue#attempt}.
   */
  private <R> R attempt(Caller caller, Asked asked, Metered<R> work) {
    return catalogue.attempt(asked.isRead(), () -> metered(caller, asked, work));
  }

  /** What is asked of the gate, and since when. Immutable. */
  private record Asked(
      ItemOperation operation, boolean isRead, List<Access> accesses, long beginNanos) {
    RequestMetrics metrics() {
      return new RequestMetrics(
          operation,
          isRead ? Traffic.READ : Traffic.WRITE,
          accesses.size() == 1
              ? List.of(accesses.getFirst().reference())
              : accesses.stream().map(Access::reference).toList(),
          beginNanos);
    }
  }

  /** Work that is metered and measured. */
  @FunctionalInterface
  private interface Metered<R> {
    R run(Meter meter, RequestMetrics metrics);
  }

  /**
   * Runs the work and settles what it consumed, which is nothing when it was abandoned for lack of
   * room.
   */
  private <R> R metered(Caller caller, Asked asked, Metered<R> work) {
    Meter meter = new Meter();
    RequestMetrics metrics = asked.metrics();
    boolean abandoned = true;
    try {
      R result = work.run(meter, metrics);
      abandoned = false;
      metrics.succeeded(nanoTime.getAsLong(), meter.returnedItems());
      return result;
    } catch (ApiException refusal) {
      abandoned = false;
      metrics.refused(refusal);
      throw refusal;
    } catch (StorageException failure) {
      abandoned = false;
      metrics.failed();
      throw failure;
    } finally {
      Map<TableArn, Cost> consumed = abandoned ? Map.of() : meter.consumed();
      metrics.consumed(consumed);
      List<Load> loads = abandoned ? List.of() : meter.loads();
      metrics.loaded(loads, asked.beginNanos());
      capacity.settle(caller, consumed, loads);
    }
  }

  private TableArn permitted(Caller caller, Access access) {
    TableArn arn = TableReference.resolve(caller.owner(), access.reference());
    permissions.require(caller, access.action(), target(arn, access));
    return arn;
  }

  private Target target(TableArn table, Access access) {
    return new Target(
        table,
        () -> access.index().map(name -> table + "/index/" + name).orElseGet(table::toString),
        Optional.empty(),
        access,
        record(table));
  }

  private Supplier<Optional<TableRecord>> record(TableArn table) {
    return () -> catalogue.record(table);
  }

  private Target target(StreamArn stream) {
    return target(stream.table(), stream.toString(), Optional.of(stream.label()));
  }

  private Target target(TableArn table, String arn, Optional<String> stream) {
    return new Target(table, () -> arn, stream, record(table));
  }
}
