package org.ostraka.engine.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ostraka.engine.backup.BackupCheck;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.directory.DirectoryCheck;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.region.DeploymentCheck;
import org.ostraka.engine.scaling.ScalingCheck;
import org.ostraka.engine.transaction.TokenCheck;
import org.ostraka.engine.transfer.TransferCheck;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * Repairs what {@link IntegrityCheck} finds in a store whose rows are whole by themselves: removes
 * rows that cannot be decoded, and makes indexes, expiry times and the sizes of item collections
 * again from the items. Changes no item, and keeps rows of no known table. One thread; nobody else
 * may use the store.
 */
public final class IntegrityRepair {
  /** The maximum number of items that a report names; the others are only counted. */
  private static final int MAX_NAMED = 1_000;

  /**
   * Tables get spaces from 1 upwards; the spaces of everything else lie just below the greatest
   * one.
   */
  private static final long FIRST_SPACE_OF_NO_TABLE = Long.MAX_VALUE - 1_000;

  private final Store store;
  private final Predicate<Space> mayHaveLost;
  private final RepairWriter rows;
  private final CatalogueCheck catalogue;
  private final List<String> dropped = new ArrayList<>();
  private final List<NamedItem> lost = new ArrayList<>();
  private final Map<RowKey, Boolean> lostRows = new HashMap<>();
  private final Set<Space> spacesOfDropped = new HashSet<>();
  private final List<String> kept = new ArrayList<>();
  private Optional<RowKey> archiveId = Optional.empty();
  private long droppedRows;
  private long lostItems;

  private IntegrityRepair(Store store, Predicate<Space> mayHaveLost) {
    this.store = store;
    this.mayHaveLost = mayHaveLost;
    this.rows = new RepairWriter(store);
    this.catalogue = new CatalogueCheck(store.scanOrder(), _ -> {});
  }

  /** The table and the key of an item. Immutable. */
  public record NamedItem(TableName table, Item key) {}

  /**
   * What was done.
   *
   * @param droppedRows rows that were removed, for one reason each of {@code dropped}
   * @param lostItems items that rows of indexes name and that are missing
   * @param lost the first of them
   * @param rebuilt how many rows were made, changed or removed, by what they belong to
   * @param kept rows that are still there but of no use: of no known table, or unreadable
   * @param isArchiveReleased whether the store no longer says which archive is its own, so that no
   *     server removes objects of it whose rows are lost
   * @param owners tells what belongs to which table
   */
  public record Report(
      long droppedRows,
      List<String> dropped,
      long lostItems,
      List<NamedItem> lost,
      Map<String, Long> rebuilt,
      List<String> kept,
      boolean isArchiveReleased,
      Owners owners) {
    public Report {
      dropped = List.copyOf(dropped);
      lost = List.copyOf(lost);
      rebuilt = Map.copyOf(rebuilt);
      kept = List.copyOf(kept);
    }
  }

  /** Tells what belongs to which table. */
  public interface Owners {
    /** Returns what a space is used for, in words; empty if no table uses it. */
    Optional<String> of(Space space);

    /** Returns the item that a row stores; empty if the row is not an item's. */
    Optional<NamedItem> item(RowKey row);
  }

  /**
   * Repairs the whole store.
   *
   * @param mayHaveLost returns whether rows of a space may be lost
   * @throws StorageFailedException when nothing says which tables the rows belong to
   */
  public static Report run(Store store, Predicate<Space> mayHaveLost) {
    IntegrityRepair repair = new IntegrityRepair(store, mayHaveLost);
    repair.catalogue();
    long greatest = repair.catalogue.greatestSpace();
    for (Space space : store.spaces()) {
      repair.rows(space);
      greatest = isOfTables(space) ? Math.max(greatest, space.id()) : greatest;
    }
    repair.lastSpace(greatest);
    boolean isArchiveReleased = repair.releaseArchive();
    DerivedRowsRepair derived =
        new DerivedRowsRepair(store, repair.rows, repair.catalogue, repair::lost);
    derived.run();
    repair.nameUnreadable();
    return new Report(
        repair.droppedRows,
        repair.dropped,
        repair.lostItems,
        repair.lost,
        derived.changed(),
        repair.kept,
        isArchiveReleased,
        repair.owners());
  }

  private Owners owners() {
    return new Owners() {
      @Override
      public Optional<String> of(Space space) {
        return catalogue.nameOf(space);
      }

      @Override
      public Optional<NamedItem> item(RowKey row) {
        try {
          return catalogue
              .table(row.space())
              .flatMap(table ->
                  rows.value(row)
                      .map(ItemEncoding::decode)
                      .map(item -> new NamedItem(table.name(), ItemKey.within(table.key(), item))));
        } catch (CorruptDataException _) {
          // Its space is reported as one with rows that cannot be read.
          return Optional.empty();
        }
      }
    };
  }

  private static boolean isOfTables(Space space) {
    return space.id() > 0 && space.id() < FIRST_SPACE_OF_NO_TABLE;
  }

  private void catalogue() {
    Space space = CatalogueCheck.space();
    AtomicBoolean found = new AtomicBoolean();
    rows.eachRow(
        space,
        row -> {
          AtomicBoolean damaged = new AtomicBoolean();
          CatalogueCheck alone = new CatalogueCheck(store.scanOrder(), _ -> damaged.set(true));
          alone.row(row);
          if (damaged.get()) {
            drop(
                row, "a row of the catalogue, which says what tables there are, cannot be decoded");
          } else {
            catalogue.row(row);
            found.set(true);
          }
        });
    if (!found.get() && store.spaces().stream().anyMatch(IntegrityRepair::isOfTables)) {
      throw new StorageFailedException(
          "no row of the catalogue, which says what tables there are, can be read, so the rows of"
              + " tables cannot be repaired: nothing is changed; restore a backup");
    }
    rows.eachRow(
        space,
        row -> {
          if (catalogue.isIdleBuild(row)) {
            drop(row, "the progress of an index that is not being built");
          }
        });
  }

  private void lastSpace(long greatest) {
    if (greatest > 0) {
      rows.put(CatalogueCheck.lastSpace(greatest));
      rows.finish();
    }
  }

  private void rows(Space space) {
    if (space.equals(CatalogueCheck.space()) || space.equals(SharedServers.SPACE)) {
      return;
    }
    Optional<TableDescription> table = catalogue.table(space);
    Optional<TableDescription> tombstones = catalogue.tombstones(space);
    if (table.isPresent()) {
      rows.eachRow(space, row -> keyed(table.get(), "an item", row));
    } else if (tombstones.isPresent()) {
      rows.eachRow(space, row -> keyed(tombstones.get(), "a tombstone", row));
    } else if (!isOfTables(space)) {
      rows.eachRow(space, this::ofTheStore);
    } else if (!catalogue.isUsed(space)) {
      stray(space);
    }
  }

  /** Removes a row that is none of the kind of its space. */
  private void ofTheStore(Row row) {
    if (BackupCheck.isArchiveId(row)) {
      archiveId = Optional.of(row.key());
    }
    check(row)
        .ifPresent(check -> {
          List<String> problems = new ArrayList<>();
          check.accept(row, problems::add);
          if (!problems.isEmpty()) {
            drop(row, problems.getFirst());
          }
        });
  }

  private static Optional<BiConsumer<Row, Consumer<String>>> check(Row row) {
    if (TokenCheck.isOfToken(row)) {
      return Optional.of(TokenCheck::row);
    }
    if (DirectoryCheck.isOfDirectory(row)) {
      return Optional.of(DirectoryCheck::row);
    }
    if (BackupCheck.isOfBackups(row)) {
      return Optional.of(BackupCheck::row);
    }
    if (TransferCheck.isOfTransfers(row)) {
      return Optional.of(TransferCheck::row);
    }
    if (ScalingCheck.isOfScaling(row)) {
      return Optional.of(ScalingCheck::row);
    }
    return DeploymentCheck.isOfDeployment(row)
        ? Optional.of(DeploymentCheck::row)
        : Optional.empty();
  }

  /** Removes an item or a tombstone that cannot be decoded, or that lies under another key. */
  private void keyed(TableDescription table, String what, Row row) {
    try {
      Item item = ItemEncoding.decode(row.value());
      boolean sized = item.sizeBytes() == ItemEncoding.sizeBytes(row.value());
      if (!sized || !ItemKey.ofItem(row.key().space(), table.key(), item).equals(row.key())) {
        drop(row, what + " of table " + table.name() + " does not have its own key and size");
        return;
      }
      catalogue.indexesOf(row.key().space()).forEach(index -> index.index().holds(item));
    } catch (CorruptDataException | ValidationException damage) {
      drop(row, what + " of table " + table.name() + " is damaged: " + damage.getMessage());
    }
  }

  private void stray(Space space) {
    long[] count = new long[1];
    rows.eachRow(space, _ -> count[0]++);
    LogId log = new LogId(space);
    if (count[0] > 0 || !store.oldest(log).equals(store.newest(log))) {
      kept.add(
          "no table is known that space "
              + space.id()
              + " belongs to: its rows ("
              + count[0]
              + ") and its log are kept");
    }
  }

  /**
   * Removes the row that says which archive is the store's own if rows that name its objects may be
   * lost: a server would remove these objects as unknown. Without the row it refuses the archive.
   */
  private boolean releaseArchive() {
    boolean mayHaveLostNames =
        List.of(BackupCheck.space(), CatalogueCheck.space()).stream()
            .anyMatch(space ->
                mayHaveLost.test(space)
                    || spacesOfDropped.contains(space)
                    || rows.unreadable().containsKey(space));
    if (archiveId.isEmpty() || !mayHaveLostNames) {
      return false;
    }
    rows.delete(archiveId.get());
    rows.finish();
    return true;
  }

  private void nameUnreadable() {
    rows.unreadable()
        .forEach((space, count) ->
            kept.add(
                count
                    + " rows of "
                    + catalogue.nameOf(space).orElse("space " + space.id())
                    + " cannot be read, and stay as they are"));
  }

  private void drop(Row row, String why) {
    droppedRows++;
    if (dropped.size() < MAX_NAMED) {
      dropped.add(why);
    }
    spacesOfDropped.add(row.key().space());
    rows.delete(row.key());
  }

  private void lost(TableDescription table, RowKey row, Item key) {
    if (lostRows.size() < MAX_NAMED && lostRows.put(row, true) == null) {
      lost.add(new NamedItem(table.name(), key));
    }
    lostItems++;
  }
}
