package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * All tables, of all accounts and regions. Any thread.
 *
 * <p>The store holds the truth; this holds it open. Changes of tables happen one at a time; uses of
 * their items do not wait for them. A table that is to go is first marked so in the store, then
 * emptied, then forgotten, so that a crash at any moment is made good by {@link #maintain} after
 * the next start.
 */
public final class Catalogue {
  private final Store store;
  private final Clock clock;
  private final EngineSettings settings;
  private final CatalogueRows rows;
  private final ReentrantLock changes = new ReentrantLock();
  private final Map<Owner, NavigableMap<TableName, OpenTable>> tables = new ConcurrentHashMap<>();

  private Catalogue(Store store, Clock clock, EngineSettings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.rows = new CatalogueRows(store);
  }

  /** Opens the tables that the store has, and finishes what a stop has cut short. */
  public static Catalogue open(Store store, Clock clock, EngineSettings settings) {
    Catalogue catalogue = new Catalogue(store, clock, settings);
    catalogue.rows.all().forEach(catalogue::add);
    try {
      catalogue.maintain();
    } catch (StorageFailedException _) {
      // Without room for what a stop has cut short the tables still serve; it is tried again later.
    }
    return catalogue;
  }

  /**
   * Begins to use a table's items.
   *
   * @throws ResourceNotFoundException when there is no such table, or it does not serve yet or any
   *     more
   */
  public TableUse use(TableArn arn) {
    return open(arn).flatMap(OpenTable::use).orElseThrow(Catalogue::notServing);
  }

  /**
   * Begins to use the items of several tables. One that does not exist, or does not serve, is
   * refused when it is asked for.
   *
   * @param named the tables by the references that the request has for them
   */
  public TableUses use(Map<String, TableArn> named) {
    return TableUses.begin(named, arn -> open(arn).flatMap(OpenTable::use));
  }

  /**
   * Finishes the deletion of tables and indexes whose time has come, and stores how much each table
   * holds.
   */
  public void maintain() {
    changes.lock();
    try {
      for (OpenTable table : allTables()) {
        Optional<TableRecord> record = table.current();
        if (record.isEmpty()) {
          remove(table);
        } else if (!record.get().discarded().isEmpty()) {
          discard(table, record.get());
        }
      }
      rows.saveSizes(allTables());
    } finally {
      changes.unlock();
    }
  }

  /** The table as it is now, for describing it. */
  public OpenTable describe(TableArn arn) {
    return open(arn).filter(table -> table.current().isPresent()).orElseThrow(() -> unknown(arn));
  }

  /**
   * The owner's tables whose names come after {@code after}, in order, those in transition
   * included.
   */
  public List<TableName> names(Owner owner, Optional<TableName> after, int limit) {
    NavigableMap<TableName, OpenTable> all = of(owner);
    return after.map(name -> all.tailMap(name, false)).orElse(all).entrySet().stream()
        .filter(entry -> entry.getValue().current().isPresent())
        .map(Map.Entry::getKey)
        .limit(limit)
        .toList();
  }

  /** The records of all the owner's tables. */
  public List<TableRecord> records(Owner owner) {
    return of(owner).values().stream().flatMap(table -> table.current().stream()).toList();
  }

  /**
   * Adds a table, chosen when nobody else changes tables.
   *
   * @param choice the new table's record for its space, or a refusal, from the table of that name
   *     if there is one
   */
  public OpenTable create(
      TableArn arn, Function<Optional<TableRecord>, Function<Space, TableRecord>> choice) {
    changes.lock();
    try {
      Optional<OpenTable> old = open(arn);
      Function<Space, TableRecord> made = choice.apply(old.flatMap(OpenTable::current));
      old.ifPresent(this::remove);
      TableRecord record = rows.create(made);
      return add(new CatalogueRows.Stored(record, TableSize.EMPTY, Optional.empty()));
    } finally {
      changes.unlock();
    }
  }

  /** Changes a table's record, chosen from how it is when nobody else changes tables. */
  public OpenTable change(TableArn arn, UnaryOperator<TableRecord> choice) {
    return changeWithSpace(
        arn,
        record -> {
          TableRecord next = choice.apply(record);
          return _ -> next;
        });
  }

  /**
   * Changes a table's record, chosen from how it is when nobody else changes tables.
   *
   * @param choice the record for a space, which it may take, or a refusal
   */
  public OpenTable changeWithSpace(
      TableArn arn, Function<TableRecord, Function<Space, TableRecord>> choice) {
    changes.lock();
    try {
      OpenTable table = describe(arn);
      store(table, choice.apply(table.current().orElseThrow(() -> unknown(arn))));
      if (table.current().isEmpty()) {
        removeNowOrLater(table);
      }
      return table;
    } finally {
      changes.unlock();
    }
  }

  private void store(OpenTable table, Function<Space, TableRecord> made) {
    TableArn arn = table.stored().description().arn();
    TableSize size = table.countedSize(made.apply(CatalogueRows.SPACE));
    table.replace(rows.put(arn, made, size));
  }

  /** The indexes that are to be built now. */
  public List<IndexBuild> builds() {
    List<IndexBuild> builds = new ArrayList<>();
    for (OpenTable table : allTables()) {
      table
          .current()
          .ifPresent(record ->
              record.description().globalIndexes().stream()
                  .filter(GlobalIndex::isBackfilling)
                  .map(index -> IndexBuild.of(table, record, index, clock.instant()))
                  .forEach(builds::add));
    }
    return builds;
  }

  /** Puts an index to use that has been built, unless it was taken away meanwhile. */
  public void finish(IndexBuild build) {
    changes.lock();
    try {
      if (build.isWanted()) {
        OpenTable table = build.table();
        TableRecord complete = table.current().orElseThrow().with(build::complete);
        TableArn arn = complete.description().arn();
        IndexBuildPosition built = build.position();
        table.replace(rows.put(arn, _ -> complete, build.sizeAfter()));
        table.sizes().addToIndex(built.index(), built.entries(), built.sizeBytes());
      }
    } finally {
      changes.unlock();
    }
  }

  /** Removes the rows of indexes that a table has no more. */
  private void discard(OpenTable table, TableRecord record) {
    store(table, _ -> record); // a clock that goes back must not bring the index back
    table.awaitUsers();
    record.discarded().forEach(store::drop);
    store(table, _ -> record.withoutDiscarded());
  }

  /** The deletion is stored already: a failure to carry it out must not be told as "not done". */
  private void removeNowOrLater(OpenTable table) {
    try {
      remove(table);
    } catch (StorageFailedException _) {
      // Nobody finds the table any more, and maintain() will try again.
    }
  }

  private void remove(OpenTable table) {
    TableArn arn = table.stored().description().arn();
    table.retire();
    table.stored().spaces().forEach(store::drop);
    rows.delete(table.stored());
    Optional.ofNullable(tables.get(arn.owner()))
        .ifPresent(owned -> owned.remove(arn.table(), table));
  }

  private OpenTable add(CatalogueRows.Stored stored) {
    OpenTable table =
        new OpenTable(stored, clock, store.scanOrder(), settings.collectionLimitBytes());
    TableArn arn = stored.record().description().arn();
    tables.computeIfAbsent(arn.owner(), _ -> new ConcurrentSkipListMap<>()).put(arn.table(), table);
    return table;
  }

  private Optional<OpenTable> open(TableArn arn) {
    return Optional.ofNullable(tables.get(arn.owner()))
        .flatMap(owned -> Optional.ofNullable(owned.get(arn.table())));
  }

  /** The owner's tables; asking does not make room for an owner who has none. */
  private NavigableMap<TableName, OpenTable> of(Owner owner) {
    return tables.getOrDefault(owner, Collections.emptyNavigableMap());
  }

  private List<OpenTable> allTables() {
    List<OpenTable> all = new ArrayList<>();
    tables.values().forEach(owned -> all.addAll(owned.values()));
    return all;
  }

  static ResourceNotFoundException notServing() {
    return new ResourceNotFoundException("Requested resource not found");
  }

  private static ResourceNotFoundException unknown(TableArn arn) {
    return new ResourceNotFoundException(
        "Requested resource not found: Table: " + arn.table() + " not found");
  }
}
