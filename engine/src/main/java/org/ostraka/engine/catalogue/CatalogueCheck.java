package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ostraka.model.Index;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/** A check of the catalogue's rows, which also collects the tables from them. One thread. */
public final class CatalogueCheck {
  private final ScanOrder order;
  private final Consumer<String> problems;
  private final Map<Space, TableDescription> tables = new HashMap<>();
  private final Map<Space, IndexOfTable> indexes = new HashMap<>();
  private final Map<Space, List<OpenIndex>> indexesOfItems = new HashMap<>();
  private final Map<Space, TableDescription> discarded = new HashMap<>();
  private final Map<Space, IndexBuildPosition> builds = new HashMap<>();
  private final Map<Space, TableDescription> collections = new HashMap<>();
  private final Map<Space, Space> collectionsOfItems = new HashMap<>();
  private final Map<Space, TableDescription> tombstones = new HashMap<>();
  private final Map<Space, ExpiryOfTable> expiries = new HashMap<>();
  private final Map<Space, ExpiryOfTable> expiriesOfItems = new HashMap<>();
  private final Set<Space> changeLogs = new HashSet<>();
  private final Map<Space, TableDescription> openLogs = new HashMap<>();
  private long lastSpace;

  /**
   * An index and its table.
   *
   * @param items the space of the table's items
   */
  public record IndexOfTable(TableDescription table, Space items, OpenIndex index) {}

  /**
   * An index of expiry times and its table.
   *
   * @param space the space of the index
   * @param items the space of the table's items
   */
  public record ExpiryOfTable(
      TableDescription table, Space space, Space items, TimeToLive timeToLive) {}

  /**
   * Makes a check.
   *
   * @param order the scan order of the store
   * @param problems accepts the problems found, in words
   */
  public CatalogueCheck(ScanOrder order, Consumer<String> problems) {
    this.order = order;
    this.problems = problems;
  }

  /** Returns whether a row belongs to the catalogue. */
  public static boolean isOfCatalogue(Row row) {
    return row.key().space().equals(CatalogueRows.SPACE);
  }

  /** Verifies one row of the catalogue. */
  public void row(Row row) {
    try {
      switch (CatalogueEntry.of(row)) {
        case CatalogueEntry.OfTable(TableRecord record) -> table(record);
        case CatalogueEntry.OfSize _, CatalogueEntry.OfReader _ -> {}
        case CatalogueEntry.OfBuild(IndexBuildPosition position) ->
            builds.put(position.index(), position);
        case CatalogueEntry.OfHistory(TableArn _, LogHistory history) ->
            history.shards().forEach(shard -> changeLogs.add(shard.space()));
        case CatalogueEntry.OfLastSpace(Space space) -> lastSpace = space.id();
      }
    } catch (CorruptDataException damage) {
      problems.accept("a row of the catalogue is damaged: " + damage.getMessage());
    }
  }

  /** Verifies what can be checked only after all rows have been read. */
  public void finish() {
    tables.forEach(this::requireGivenOut);
    indexes.forEach((space, index) -> requireGivenOut(space, index.table()));
    discarded.forEach((space, table) -> {
      requireGivenOut(space, table);
      if (tables.containsKey(space)
          || indexes.containsKey(space)
          || collections.containsKey(space)) {
        problems.accept("table " + table.name() + " would drop a space that is in use");
      }
    });
    builds.forEach((space, position) -> requireBuilt(space));
    tombstones.forEach(this::requireGivenOut);
    expiries.forEach((space, expiry) -> {
      requireGivenOut(space, expiry.table());
      if (tables.containsKey(space) || indexes.containsKey(space) || discarded.containsKey(space)) {
        problems.accept("the expiry times of table " + expiry.table().name() + " share a space");
      }
    });
    openLogs.forEach((space, table) -> {
      requireGivenOut(space, table);
      if (!changeLogs.contains(space)) {
        problems.accept("a log of table " + table.name() + " is missing from its history");
      }
    });
    collections.forEach((space, table) -> {
      requireGivenOut(space, table);
      if (tables.containsKey(space) || indexes.containsKey(space)) {
        problems.accept(shared(table));
      }
    });
  }

  private void requireBuilt(Space space) {
    boolean built = index(space).filter(of -> of.index().isBuilding()).isPresent();
    if (!built) {
      problems.accept("an index is said to be built that is not: its space is " + space.id());
    }
  }

  private void requireGivenOut(Space space, TableDescription table) {
    if (space.id() < 1 || space.id() > lastSpace) {
      problems.accept("table " + table.name() + " has a space that was never given out");
    }
  }

  /** Returns the table whose items are stored in a space. */
  public Optional<TableDescription> table(Space space) {
    return Optional.ofNullable(tables.get(space));
  }

  /** Returns the space of the catalogue's own rows. */
  public static Space space() {
    return CatalogueRows.SPACE;
  }

  /** Returns whether rows or log records of a space belong to the catalogue or to a table. */
  public boolean isUsed(Space space) {
    return nameOf(space).isPresent() || isDiscarded(space) || changeLogs.contains(space);
  }

  /** Returns the tables by the spaces of their items. */
  public Map<Space, TableDescription> tablesBySpace() {
    return Map.copyOf(tables);
  }

  /** Returns all indexes that their tables are not deleting. */
  public List<IndexOfTable> allIndexes() {
    return List.copyOf(indexes.values());
  }

  /** Returns all indexes of expiry times. */
  public List<ExpiryOfTable> allExpiries() {
    return List.copyOf(expiries.values());
  }

  /** Returns what a space is used for, in words; empty if no table uses it. */
  public Optional<String> nameOf(Space space) {
    if (space.equals(CatalogueRows.SPACE)) {
      return Optional.of("the catalogue");
    }
    return table(space)
        .map(table -> "table " + table.name())
        .or(() ->
            index(space)
                .map(index ->
                    "index " + index.index().index().name() + " of table " + index.table().name()))
        .or(() ->
            collections(space).map(table -> "sizes of item collections of table " + table.name()))
        .or(() -> expiry(space).map(expiry -> "expiry times of table " + expiry.table().name()))
        .or(() -> tombstones(space).map(table -> "tombstones of table " + table.name()))
        .or(() ->
            Optional.ofNullable(openLogs.get(space))
                .map(table -> "changes of table " + table.name()));
  }

  /** Returns the greatest space that a table uses or that was given out. */
  public long greatestSpace() {
    long greatest = lastSpace;
    for (Set<Space> spaces :
        List.of(
            tables.keySet(),
            indexes.keySet(),
            discarded.keySet(),
            collections.keySet(),
            tombstones.keySet(),
            expiries.keySet(),
            openLogs.keySet(),
            changeLogs)) {
      for (Space space : spaces) {
        greatest = Math.max(greatest, space.id());
      }
    }
    return greatest;
  }

  /** Returns whether a row says how far an index is built that is not being built. */
  public boolean isIdleBuild(Row row) {
    return CatalogueEntry.of(row) instanceof CatalogueEntry.OfBuild(IndexBuildPosition position)
        && index(position.index()).filter(of -> of.index().isBuilding()).isEmpty();
  }

  /** Returns the write that notes the last space that was given out. */
  public static Write.Put lastSpace(long space) {
    return CatalogueRows.lastSpace(new Space(space));
  }

  /** Returns the index whose rows are stored in a space. */
  public Optional<IndexOfTable> index(Space space) {
    return Optional.ofNullable(indexes.get(space));
  }

  /** Returns whether a space holds rows of an index that its table has deleted or is deleting. */
  public boolean isDiscarded(Space space) {
    return discarded.containsKey(space);
  }

  /**
   * Returns whether an index has to contain the item with this key; false when the index is being
   * built and the build has not reached it.
   */
  public boolean covers(OpenIndex index, RowKey item) {
    return !index.isBuilding()
        || Optional.ofNullable(builds.get(index.space()))
            .filter(position -> position.hasPassed(item, order))
            .isPresent();
  }

  /** Returns the indexes of the table whose items are stored in a space. */
  public List<OpenIndex> indexesOf(Space items) {
    return indexesOfItems.getOrDefault(items, List.of());
  }

  /** Returns the table whose item collection sizes are stored in a space. */
  public Optional<TableDescription> collections(Space space) {
    return Optional.ofNullable(collections.get(space));
  }

  /** Returns the space that stores the sizes of the item collections of these items. */
  public Optional<Space> collectionsOf(Space items) {
    return Optional.ofNullable(collectionsOfItems.get(items));
  }

  public long tables() {
    return tables.size();
  }

  private void table(TableRecord record) {
    TableDescription other = tables.put(record.items(), record.description());
    if (other != null) {
      problems.accept(
          "tables " + other.name() + " and " + record.description().name() + " share one space");
    }
    record.discarded().forEach(space -> discarded.put(space, record.description()));
    boolean shared = false;
    for (Index index : record.description().indexes()) {
      Space space = record.indexes().get(index.name());
      if (space == null) {
        problems.accept(
            "index " + index.name() + " of table " + record.description().name() + " has no space");
      } else if (new OpenIndex(index, space).isDeleting()) {
        discarded.put(space, record.description());
      } else {
        OpenIndex open = new OpenIndex(index, space);
        indexesOfItems.computeIfAbsent(record.items(), _ -> new ArrayList<>()).add(open);
        shared |= tables.containsKey(space);
        shared |=
            indexes.put(space, new IndexOfTable(record.description(), record.items(), open))
                != null;
      }
    }
    if (shared) {
      problems.accept("an index of table " + record.description().name() + " shares its space");
    }
    record.collections().ifPresent(space -> collections(record, space));
    record.timeToLive().ifPresent(timeToLive -> expiry(record, timeToLive));
    record.spaces().tombstones().ifPresent(space -> tombstones.put(space, record.description()));
    record
        .spaces()
        .changes()
        .ifPresent(log ->
            log.shards().forEach(shard -> openLogs.put(shard.space(), record.description())));
  }

  private void expiry(TableRecord record, TimeToLive timeToLive) {
    timeToLive
        .space()
        .map(space -> new ExpiryOfTable(record.description(), space, record.items(), timeToLive))
        .ifPresent(expiry -> {
          expiriesOfItems.put(record.items(), expiry);
          if (expiries.put(expiry.space(), expiry) != null) {
            problems.accept("two tables have one space for expiry times");
          }
        });
  }

  /** Returns the index of expiry times whose rows are stored in a space. */
  public Optional<ExpiryOfTable> expiry(Space space) {
    return Optional.ofNullable(expiries.get(space));
  }

  /** Returns the index of expiry times of the table whose items are stored in a space. */
  public Optional<ExpiryOfTable> expiryOfItems(Space items) {
    return Optional.ofNullable(expiriesOfItems.get(items));
  }

  /** Returns the table whose tombstones are stored in a space. */
  public Optional<TableDescription> tombstones(Space space) {
    return Optional.ofNullable(tombstones.get(space));
  }

  /** Returns whether a log is the catalogue's own. */
  public static boolean isOfCatalogue(LogId log) {
    return log.equals(CatalogueRows.LOG);
  }

  /** Returns whether a log records the changes of a table's items. */
  public boolean isOfChanges(LogId log) {
    return changeLogs.contains(log.space());
  }

  private void collections(TableRecord record, Space space) {
    if (collections.put(space, record.description()) != null) {
      problems.accept(shared(record.description()));
    }
    collectionsOfItems.put(record.items(), space);
  }

  private static String shared(TableDescription table) {
    return "the sizes of table " + table.name() + "'s item collections share their space";
  }
}
