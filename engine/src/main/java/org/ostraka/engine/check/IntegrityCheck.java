package org.ostraka.engine.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.backup.BackupCheck;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.LoggedChange;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.directory.DirectoryCheck;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.item.ItemCollection;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.region.DeploymentCheck;
import org.ostraka.engine.scaling.ScalingCheck;
import org.ostraka.engine.transaction.TokenCheck;
import org.ostraka.engine.transfer.TransferCheck;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/**
 * A check of a whole store: its own structure (see {@linkplain Store#check the store's check}), the
 * catalogue's records, the tokens of requests and the log records. Every item must be readable,
 * have the size and the key that are stored with it, and belong to a table. Indexes must be the
 * projections of their tables, the index of expiry times must follow from the items, and item
 * collections must have the sizes that are stored for them. One thread.
 */
public final class IntegrityCheck {
  /** The maximum number of problems that a report names; the others are only counted. */
  private static final int MAX_NAMED = 100;

  /** The maximum bytes of log records that are read at once. */
  private static final long LOG_PAGE_BYTES = 1L << 20;

  private final Store store;
  private final CatalogueCheck catalogue;
  private final IndexCheck indexes;
  private final ExpiryCheck expiries;
  private final CollectionCheck collections = new CollectionCheck(this::problem);
  private final Map<Space, Long> strays = new HashMap<>();
  private final List<String> named = new ArrayList<>();
  private long problems;
  private long items;

  private IntegrityCheck(Store store) {
    this.store = store;
    this.catalogue = new CatalogueCheck(store.scanOrder(), this::problem);
    this.indexes = new IndexCheck(catalogue, this::problem);
    this.expiries = new ExpiryCheck(store, this::problem);
  }

  /**
   * The result of a check.
   *
   * @param named the first problems, in words
   * @param problems the number of all problems, including those that are not named
   */
  public record Report(
      long tables, long items, long logRecords, List<String> named, long problems) {
    public Report {
      named = List.copyOf(named);
    }

    public boolean isClean() {
      return problems == 0;
    }
  }

  /** Checks the whole store. */
  public static Report run(Store store) {
    IntegrityCheck check = new IntegrityCheck(store);
    store.check(check::problem);
    long records = 0;
    for (Space space : store.spaces()) {
      check.rows(space);
      records += check.records(new LogId(space));
    }
    check.catalogue.finish();
    check.indexes.finish();
    check.expiries.finish(check.catalogue);
    check.collections.finish(check.catalogue);
    check.strays.forEach((space, count) ->
        check.problem("space " + space.id() + " belongs to no table and has rows: " + count));
    return new Report(check.catalogue.tables(), check.items, records, check.named, check.problems);
  }

  /** Checks the rows of a space; skips damaged rows, which the store has reported. */
  private void rows(Space space) {
    try (Cursor cursor = store.scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      boolean more = true;
      while (more) {
        try {
          Optional<Row> row = cursor.next();
          row.ifPresent(this::row);
          more = row.isPresent();
        } catch (CorruptDataException _) {
          // The cursor continues with the next row.
        }
      }
    }
  }

  /** Checks the records of a log and returns their number. */
  private long records(LogId log) {
    long records = 0;
    try {
      LogPage page = page(log, store.oldest(log));
      while (!page.records().isEmpty()) {
        records += page.records().size();
        page.records().forEach(record -> record(log, record));
        page = page(log, page.next());
      }
    } catch (CorruptDataException _) {
      // The store has reported the damage.
    }
    return records;
  }

  private void record(LogId log, LogRecord record) {
    try {
      if (CatalogueCheck.isOfCatalogue(log)) {
        var _ = LoggedChange.of(record.value());
      } else if (catalogue.isOfChanges(log)) {
        var _ = ChangeRecord.of(record.value());
      }
    } catch (CorruptDataException damage) {
      problem("a record of log " + log.space().id() + " is damaged: " + damage.getMessage());
    }
  }

  private LogPage page(LogId log, Position after) {
    return store.readLog(log, after, Store.MAX_LOG_PAGE, LOG_PAGE_BYTES);
  }

  /**
   * Checks a row. The catalogue's space is read first, so every table is known before its items.
   */
  private void row(Row row) {
    if (CatalogueCheck.isOfCatalogue(row)) {
      catalogue.row(row);
      return;
    }
    if (TokenCheck.isOfToken(row)) {
      TokenCheck.row(row, this::problem);
      return;
    }
    if (row.key().space().equals(SharedServers.SPACE)) {
      return;
    }
    if (DirectoryCheck.isOfDirectory(row)) {
      DirectoryCheck.row(row, this::problem);
      return;
    }
    if (BackupCheck.isOfBackups(row)) {
      BackupCheck.row(row, this::problem);
      return;
    }
    if (TransferCheck.isOfTransfers(row)) {
      TransferCheck.row(row, this::problem);
      return;
    }
    if (ScalingCheck.isOfScaling(row)) {
      ScalingCheck.row(row, this::problem);
      return;
    }
    if (DeploymentCheck.isOfDeployment(row)) {
      DeploymentCheck.row(row, this::problem);
      return;
    }
    Space space = row.key().space();
    Optional<TableDescription> table = catalogue.table(space);
    Optional<CatalogueCheck.IndexOfTable> index = catalogue.index(space);
    if (table.isPresent()) {
      item(table.get(), row);
    } else if (index.isPresent()) {
      entry(index.get(), row);
    } else if (catalogue.expiry(space).isPresent()) {
      expiry(catalogue.expiry(space).get(), row);
    } else if (catalogue.collections(space).isPresent()) {
      collections.size(row);
    } else if (catalogue.tombstones(space).isPresent()) {
      tombstone(catalogue.tombstones(space).get(), row);
    } else if (!catalogue.isDiscarded(space)) {
      strays.merge(space, 1L, Long::sum);
    }
  }

  private void entry(CatalogueCheck.IndexOfTable index, Row row) {
    try {
      indexes.entry(index, row);
    } catch (CorruptDataException | ValidationException damage) {
      problem(
          "a row of index "
              + index.index().index().name()
              + " of table "
              + index.table().name()
              + " is damaged: "
              + damage.getMessage());
    }
  }

  private void expiry(CatalogueCheck.ExpiryOfTable expiry, Row row) {
    try {
      expiries.row(expiry, row);
    } catch (CorruptDataException | ValidationException damage) {
      problem(
          "a row of the expiry times of table "
              + expiry.table().name()
              + " is damaged: "
              + damage.getMessage());
    }
  }

  private void tombstone(TableDescription table, Row row) {
    try {
      Item key = ItemEncoding.decode(row.value());
      if (!ItemKey.ofItem(row.key().space(), table.key(), key).equals(row.key())) {
        problem("a tombstone of table " + table.name() + " lies under another item's key");
      }
    } catch (CorruptDataException | ValidationException damage) {
      problem("a tombstone of table " + table.name() + " is damaged: " + damage.getMessage());
    }
  }

  private void item(TableDescription table, Row row) {
    items++;
    try {
      Item item = ItemEncoding.decode(row.value());
      if (item.sizeBytes() != ItemEncoding.sizeBytes(row.value())) {
        problem("an item of table " + table.name() + " does not have the size that it claims");
      }
      if (!ItemKey.ofItem(row.key().space(), table.key(), item).equals(row.key())) {
        problem("an item of table " + table.name() + " lies under another item's key");
      }
      List<OpenIndex> followers = catalogue.indexesOf(row.key().space());
      followers.forEach(index -> indexes.item(index, table, row.key(), item));
      catalogue
          .expiryOfItems(row.key().space())
          .ifPresent(expiry -> expiries.item(expiry, row.key(), item));
      catalogue
          .collectionsOf(row.key().space())
          .ifPresent(space ->
              collections.item(
                  ItemCollection.row(space, row.key()),
                  IndexKeyRules.sizeBytes(followers, table.key(), item)));
    } catch (CorruptDataException | ValidationException damage) {
      problem("an item of table " + table.name() + " is damaged: " + damage.getMessage());
    }
  }

  private void problem(String what) {
    problems++;
    if (named.size() < MAX_NAMED) {
      named.add(what);
    }
  }
}
