package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.lease.Servers;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * All tables, of all accounts and regions. Any thread.
 *
 * <p>The store is authoritative: each change of a table's record is a decision on its stored row,
 * and other servers may change tables at the same time. This class keeps the tables open for
 * requests. Every decision on a table's items guards the version of the table's record; when that
 * version has changed, the decision fails, the table is read again, and the request is tried again.
 *
 * <p>Deleting a table marks its record, then drops its rows, then removes the record. {@link
 * #maintain} finishes a deletion that a crash interrupted.
 */
public final class Catalogue {
  /** The maximum number of attempts at one request; a table rarely changes twice during one. */
  private static final int MAX_ATTEMPTS = 100;

  private final Store store;
  private final Clock clock;
  private final EngineSettings settings;
  private final Servers servers;
  private final CatalogueRows rows;
  private final CatalogueLog log;
  private final SizeSaving sizes;
  private final ReentrantLock loading = new ReentrantLock();
  private final ReentrantLock maintaining = new ReentrantLock();
  private final OpenTables tables = new OpenTables();

  /** Tables that may have an index to build. */
  private final Set<TableArn> building = ConcurrentHashMap.newKeySet();

  /** Tables whose loaded record may be out of date; {@link #open(TableArn)} loads them first. */
  private final Set<TableArn> uncertain = ConcurrentHashMap.newKeySet();

  private Catalogue(Store store, Clock clock, EngineSettings settings, Servers servers) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.servers = servers;
    this.rows = new CatalogueRows(store);
    this.log = new CatalogueLog(store, clock);
    this.sizes = new SizeSaving(store, rows);
  }

  /** Opens the tables of a store that no other server has open. */
  public static Catalogue open(Store store, Clock clock, EngineSettings settings) {
    return open(store, clock, settings, Servers.SOLE);
  }

  /**
   * Opens the store's tables and finishes the deletions that a stop interrupted.
   *
   * @throws IllegalArgumentException when the store's limits are lower than the API needs
   */
  public static Catalogue open(Store store, Clock clock, EngineSettings settings, Servers servers) {
    StoreNeeds.require(store.limits());
    Catalogue catalogue = new Catalogue(store, clock, settings, servers);
    catalogue.rows.all().forEach(catalogue::add);
    try {
      catalogue.maintain();
    } catch (StorageFailedException _) {
      // The tables serve even when the deletions cannot be finished, for example on a full disk;
      // maintain() tries again later.
    }
    return catalogue;
  }

  /**
   * Begins to use a table's items.
   *
   * @throws ResourceNotFoundException when the table does not exist or does not serve
   */
  public TableUse use(Principal actor, TableArn arn) {
    List<Guard> guards = Servers.guardsOfTerm(servers);
    return open(arn).flatMap(table -> table.use(actor, guards)).orElseThrow(Catalogue::notServing);
  }

  /**
   * Begins to use the items of several tables. The result refuses a table that does not exist, or
   * does not serve, when it is asked for it.
   *
   * @param named the tables, by the references that the request uses for them
   */
  public TableUses use(Principal actor, Map<String, TableArn> named) {
    List<Guard> guards = Servers.guardsOfTerm(servers);
    return TableUses.begin(named, arn -> open(arn).flatMap(table -> table.use(actor, guards)));
  }

  /**
   * Begins to use the table of an index build; empty when the table does not serve or the index is
   * no longer wanted.
   */
  public Optional<TableUse> use(Build build) {
    List<Guard> guards = Servers.guardsOfTerm(servers);
    Optional<TableUse> use =
        Optional.ofNullable(tables.find(build.arn()))
            .flatMap(table -> table.use(Principal.Service.SERVER, guards));
    if (use.isPresent() && !build.isWanted()) {
      use.get().close();
      return Optional.empty();
    }
    return use;
  }

  /** Begins to fill a table; empty when it is neither being restored nor imported. */
  public Optional<TableUse> restore(TableArn arn) {
    return open(arn)
        .flatMap(table -> table.restore(Principal.Service.SERVER, Servers.guardsOfTerm(servers)));
  }

  private static StorageFailedException lostTerm(GuardMismatchException mismatch) {
    return new StorageFailedException(
        "another server has ended this server's term: it was silent for too long", mismatch);
  }

  /**
   * Loads the tables that other servers have changed, and waits for the requests of this server
   * that began before.
   *
   * @return the position of the catalogue's log up to which this server has seen changes
   */
  public Position follow() {
    return log.follow(this::reloadFor, this::loadAll);
  }

  private void reloadFor(Collection<TableArn> changed) {
    List<OpenTable> before =
        changed.stream().flatMap(arn -> Optional.ofNullable(tables.find(arn)).stream()).toList();
    changed.forEach(this::load);
    before.forEach(OpenTable::awaitUsers);
  }

  /**
   * Stores the sizes that this server has counted. Then, if maintenance is this server's duty,
   * drops tables and indexes whose deletion is due, and trims the catalogue's log.
   */
  public void maintain() {
    maintaining.lock();
    try {
      saveSizes();
      if (servers.hold(Duty.MAINTENANCE).isPresent()) {
        for (OpenTable table : tables.all()) {
          Optional<TableRecord> record = table.current();
          if (record.isEmpty()) {
            remove(table.stored());
          } else if (!record.get().discarded().isEmpty()) {
            discard(table, record.get());
          }
        }
        log.trim();
      }
    } finally {
      maintaining.unlock();
    }
  }

  /**
   * Runs background work on each table that serves, if maintenance is this server's duty.
   *
   * @param work supplies the work for one table: a predicate that does one short turn with a use of
   *     its own, and returns whether there is more to do
   */
  public void maintainEach(Supplier<Predicate<TableUse>> work) {
    if (servers.hold(Duty.MAINTENANCE).isEmpty()) {
      return;
    }
    for (OpenTable table : tables.all()) {
      Predicate<TableUse> turns = work.get();
      while (turn(Principal.Service.SERVER, table, turns)) {
        // Each turn has a use of its own.
      }
    }
  }

  /** Returns the tables whose items expire, if sweeping them is this server's duty. */
  public List<TableArn> tablesToSweep() {
    if (servers.hold(Duty.SWEEPING).isEmpty()) {
      return List.of();
    }
    return records(record -> record.timeToLive().filter(TimeToLive::isEnabled).isPresent()).stream()
        .map(record -> record.description().arn())
        .toList();
  }

  /**
   * Takes one turn of background work with a use of the table of its own.
   *
   * @param work returns whether there is more to do
   * @return what the work returned; false when the table does not serve
   */
  public boolean turn(Principal actor, TableArn arn, Predicate<TableUse> work) {
    return open(arn).filter(table -> turn(actor, table, work)).isPresent();
  }

  private boolean turn(Principal actor, OpenTable table, Predicate<TableUse> work) {
    Optional<TableUse> begun = table.use(actor, Servers.guardsOfTerm(servers));
    if (begun.isEmpty()) {
      return false;
    }
    try (TableUse use = begun.get()) {
      return work.test(use);
    }
  }

  /**
   * Runs work on tables, and runs it again when one of the tables has changed before the work could
   * commit its decision. The work must begin its uses of tables anew each time, and must not throw
   * {@link GuardMismatchException} after it has committed a decision.
   *
   * @param isRead whether the work commits nothing; such work is also repeated when the server's
   *     term has ended meanwhile, since a table may have been deleted while the work read it
   */
  public <R> R attempt(boolean isRead, Supplier<R> work) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      OptionalLong term = servers.term();
      try {
        R result = work.get();
        if (!isRead || servers.term().equals(term)) {
          return result;
        }
      } catch (GuardMismatchException mismatch) {
        if (SharedServers.isLease(mismatch.key())) {
          throw lostTerm(mismatch);
        }
        reload(mismatch.key());
      }
    }
    throw new StorageFailedException(
        "the table kept changing during " + MAX_ATTEMPTS + " attempts at the request");
  }

  /** Reads again the table that has this record; does nothing when no open table has it. */
  private void reload(RowKey record) {
    tables.all().stream()
        .map(OpenTable::arn)
        .filter(arn -> CatalogueRows.tableKey(arn).equals(record))
        .findFirst()
        .ifPresent(this::reload);
  }

  private void reload(TableArn arn) {
    rows.await(arn);
    load(arn);
  }

  /** Returns the table as it is now, for describing it; empty when it does not exist. */
  public Optional<OpenTable> describe(TableArn arn) {
    return open(arn).filter(table -> table.current().isPresent());
  }

  /** Returns the table's record as it is now; empty when the table does not exist. */
  public Optional<TableRecord> record(TableArn arn) {
    return open(arn).flatMap(OpenTable::current);
  }

  /**
   * Returns the names of the owner's tables that follow {@code after}, in order, including those of
   * tables in transition.
   */
  public List<TableName> names(Owner owner, Optional<TableName> after, int limit) {
    NavigableMap<TableName, OpenTable> all = tables.of(owner);
    return after.map(name -> all.tailMap(name, false)).orElse(all).entrySet().stream()
        .filter(entry -> entry.getValue().current().isPresent())
        .map(Map.Entry::getKey)
        .limit(limit)
        .toList();
  }

  /** Returns the records of all the owner's tables, as far as this server has seen them. */
  public List<TableRecord> records(Owner owner) {
    return tables.of(owner).values().stream().flatMap(table -> table.current().stream()).toList();
  }

  /**
   * Adds a table.
   *
   * @param choice takes the stored record of that name, if there is one, and returns the function
   *     that makes the new table's record from its space; or refuses. It may run more than once.
   */
  public ChangedTable create(
      Principal actor,
      TableArn arn,
      Function<Optional<TableRecord>, Function<Space, TableRecord>> choice) {
    Instant now = clock.instant();
    TableRecord created = change(actor, arn, (old, next) -> create(old, next, now, choice));
    while (created.at(now).isEmpty()) {
      remove(created);
      created = change(actor, arn, (old, next) -> create(old, next, now, choice));
    }
    return changed(created);
  }

  /** Returns the new record, or the old record when its table has to be removed first. */
  private static Optional<TableRecord> create(
      Optional<TableRecord> old,
      Space next,
      Instant now,
      Function<Optional<TableRecord>, Function<Space, TableRecord>> choice) {
    Optional<TableRecord> existing = old.flatMap(record -> record.at(now));
    return old.isPresent() && existing.isEmpty()
        ? old
        : Optional.of(choice.apply(existing).apply(next));
  }

  /** Changes the record of a table that must exist; see the other method of this name. */
  public ChangedTable changeWithSpace(
      Principal actor, TableArn arn, Function<TableRecord, Function<Space, TableRecord>> choice) {
    return changeWithSpace(actor, arn, () -> absent(arn), choice);
  }

  /**
   * Changes a table's record.
   *
   * @param absent makes the error for a table that does not exist
   * @param choice takes the stored record as it is now, and returns the function that makes the
   *     next record, which may use the given space; or refuses. Pure: it may run more than once.
   */
  public ChangedTable changeWithSpace(
      Principal actor,
      TableArn arn,
      Supplier<? extends ApiException> absent,
      Function<TableRecord, Function<Space, TableRecord>> choice) {
    Instant now = clock.instant();
    TableRecord changed =
        change(
            actor,
            arn,
            (old, next) -> {
              TableRecord record = old.flatMap(stored -> stored.at(now)).orElseThrow(absent);
              return Optional.of(choice.apply(record).apply(next));
            });
    ChangedTable result = changed(changed);
    if (changed.at(clock.instant()).isEmpty()) {
      removeNowOrLater(changed);
    }
    return result;
  }

  private ChangedTable changed(TableRecord record) {
    TableSize size =
        Optional.ofNullable(tables.find(record.description().arn()))
            .filter(table -> same(Optional.of(record), table.stored()).isPresent())
            .map(OpenTable::size)
            .orElse(TableSize.EMPTY);
    return new ChangedTable(record, size);
  }

  /** Changes a record without removing it, and returns it once every server has seen the change. */
  private TableRecord change(Principal actor, TableArn arn, CatalogueRows.Choice choice) {
    return decide(actor, arn, choice).orElseThrow(IllegalStateException::new);
  }

  private Optional<TableRecord> decide(Principal actor, TableArn arn, CatalogueRows.Choice choice) {
    Optional<TableRecord> changed;
    try {
      changed = rows.change(arn, actor, Servers.guardsOfTerm(servers), clock.instant(), choice);
    } catch (OutcomeUnknownException unknown) {
      uncertain.add(arn);
      throw unknown;
    } catch (GuardMismatchException mismatch) {
      throw lostTerm(mismatch);
    }
    publish(arn);
    return changed;
  }

  /**
   * Loads a stored change and waits until every server has seen it. A failure is reported as an
   * unknown outcome, never as "not done".
   */
  private void publish(TableArn arn) {
    try {
      uncertain.add(arn);
      load(arn);
      servers.awaitSeen(log.newest());
    } catch (StorageFailedException failure) {
      throw new OutcomeUnknownException(
          "the change of the table is stored, but not every server may have seen it", failure);
    }
  }

  /** Returns the way by which changes of accounts reach all servers. */
  public SharedChanges sharedChanges() {
    return new SharedChanges(log, servers);
  }

  /** Returns the indexes that are to be built now. */
  public List<Build> builds() {
    List<Build> builds = new ArrayList<>();
    for (TableArn arn : building) {
      Optional.ofNullable(tables.find(arn))
          .ifPresent(table -> builds.addAll(table.builds(store, clock.instant())));
    }
    return builds;
  }

  /** Returns the guards of a duty; empty when it is another server's. */
  public Optional<List<Guard>> hold(Duty duty) {
    return servers.hold(duty);
  }

  /** Returns the records of all tables for which a condition holds. */
  public List<TableRecord> records(Predicate<TableRecord> condition) {
    return tables.all().stream()
        .flatMap(table -> table.current().stream())
        .filter(condition)
        .toList();
  }

  /** Reads again the position of a build, and whether the index is still wanted. */
  public void reload(Build build) {
    reload(build.arn());
  }

  /** Puts a built index to use, unless it was deleted meanwhile. */
  public void finish(Build build) {
    Instant now = clock.instant();
    decide(
        Principal.Service.SERVER,
        build.arn(),
        (old, _) ->
            old.flatMap(record -> record.at(now))
                .filter(build::isWanted)
                .map(build::complete)
                .or(() -> old));
  }

  /** Drops the rows of indexes that a table no longer has. */
  private void discard(OpenTable table, TableRecord record) {
    List<Space> dropped = record.discarded();
    Instant now = clock.instant();
    // First remove the indexes from the stored record: a clock that is set back must not restore
    // them, and decisions that still maintain them must fail.
    decide(
        Principal.Service.SERVER,
        table.arn(),
        (old, _) -> same(old, record).map(it -> it.at(now).orElse(it)).or(() -> old));
    table.awaitUsers();
    dropped.forEach(store::drop);
    decide(
        Principal.Service.SERVER,
        table.arn(),
        (old, _) -> same(old, record).map(it -> it.withoutDiscarded(dropped)).or(() -> old));
  }

  /** Returns the stored record if it still belongs to the same table. */
  private static Optional<TableRecord> same(Optional<TableRecord> stored, TableRecord known) {
    return stored.filter(record -> record.items().equals(known.items()));
  }

  /** Removes a table whose deletion is stored. A failure is not reported as "not done". */
  private void removeNowOrLater(TableRecord record) {
    try {
      remove(record);
    } catch (StorageFailedException _) {
      // No request finds the table any more, and maintain() tries again.
    }
  }

  /**
   * Removes a table that is marked as deleted, once every server has seen that it does not serve.
   */
  private void remove(TableRecord record) {
    TableArn arn = record.description().arn();
    servers.awaitSeen(log.newest());
    Optional.ofNullable(tables.find(arn)).ifPresent(OpenTable::awaitUsers);
    record.spacesOfRows().forEach(store::drop);
    decide(
        Principal.Service.SERVER,
        arn,
        (old, _) -> old.filter(stored -> !stored.items().equals(record.items())));
  }

  private void saveSizes() {
    try {
      sizes.save(tables.all(), () -> Servers.guardsOfTerm(servers));
    } catch (GuardMismatchException mismatch) {
      throw lostTerm(mismatch);
    }
    if (servers.isShared()) {
      tables.all().forEach(table -> load(table.arn()));
    }
  }

  private void loadAll() {
    Set<TableArn> all = new HashSet<>();
    rows.all().forEach(stored -> all.add(stored.record().description().arn()));
    tables.all().forEach(table -> all.add(table.arn()));
    reloadFor(all);
  }

  /** Loads the stored state of a table. */
  private void load(TableArn arn) {
    loading.lock();
    try {
      // Before the read: a change that is marked meanwhile may be missing from what is read.
      uncertain.remove(arn);
      Optional<CatalogueRows.Stored> stored = rows.read(arn);
      Optional<OpenTable> old = Optional.ofNullable(tables.find(arn));
      boolean isSame =
          old.isPresent()
              && same(stored.map(CatalogueRows.Stored::record), old.get().stored()).isPresent();
      if (isSame) {
        old.get().load(stored.orElseThrow());
        noteBuilding(arn, stored.get().record().mayBuild());
      } else {
        old.ifPresent(OpenTable::retire);
        building.remove(arn);
        tables.remove(arn);
        stored.ifPresent(this::add);
      }
    } catch (RuntimeException | Error failure) {
      uncertain.add(arn);
      throw failure;
    } finally {
      loading.unlock();
    }
  }

  private void add(CatalogueRows.Stored stored) {
    TableArn arn = stored.record().description().arn();
    OpenTable table =
        new OpenTable(stored, clock, store.scanOrder(), settings.collectionLimitBytes());
    tables.put(arn, table);
    noteBuilding(arn, stored.record().mayBuild());
  }

  private void noteBuilding(TableArn arn, boolean mayBuild) {
    if (mayBuild) {
      building.add(arn);
    } else {
      building.remove(arn);
    }
  }

  private Optional<OpenTable> open(TableArn arn) {
    if (!uncertain.isEmpty() && uncertain.contains(arn)) {
      reload(arn);
    }
    return Optional.ofNullable(tables.find(arn));
  }

  /** Returns the table whose rows or changes are in a space. */
  public Optional<TableDescription> tableOf(Space space) {
    return tables.with(space);
  }

  static ResourceNotFoundException notServing() {
    return new ResourceNotFoundException("Requested resource not found");
  }

  /** Returns the error of most operations for a table that does not exist. */
  public static ResourceNotFoundException absent(TableArn arn) {
    return new ResourceNotFoundException(
        "Requested resource not found: Table: " + arn.table() + " not found");
  }
}
