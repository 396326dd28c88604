package org.ostraka.engine.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.item.ItemCollection;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.transaction.TokenCheck;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeCheck;

/**
 * Verifies a volume: the checksums and log positions of {@link VolumeCheck}, the catalogue's
 * records, the tokens of requests, of every item that it can be read, has its size and the key
 * under which it lies, and belongs to a table, that indexes are the projections of their tables,
 * and that item collections are as large as they are said to be. One thread.
 */
public final class IntegrityCheck {
  /** Problems that a report names, at most; the others are counted. */
  private static final int MAX_NAMED = 100;

  private final CatalogueCheck catalogue = new CatalogueCheck(this::problem);
  private final IndexCheck indexes = new IndexCheck(catalogue, this::problem);
  private final CollectionCheck collections = new CollectionCheck(this::problem);
  private final Map<Space, Long> strays = new HashMap<>();
  private final List<String> named = new ArrayList<>();
  private long problems;
  private long items;

  private IntegrityCheck() {}

  /**
   * What was found.
   *
   * @param named the first problems, in words
   * @param problems the number of all problems
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

  /** Reads the whole volume. */
  public static Report run(Volume volume) {
    IntegrityCheck check = new IntegrityCheck();
    long records = new VolumeCheck(check::row, check::problem).run(volume);
    check.catalogue.finish();
    check.indexes.finish();
    check.collections.finish(check.catalogue);
    check.strays.forEach((space, count) ->
        check.problem("space " + space.id() + " belongs to no table and has rows: " + count));
    return new Report(check.catalogue.tables(), check.items, records, check.named, check.problems);
  }

  /** The catalogue's space comes first, so that every table is known before its items. */
  private void row(Row row) {
    if (CatalogueCheck.isOfCatalogue(row)) {
      catalogue.row(row);
      return;
    }
    if (TokenCheck.isOfToken(row)) {
      TokenCheck.row(row, this::problem);
      return;
    }
    Space space = row.key().space();
    Optional<TableDescription> table = catalogue.table(space);
    Optional<CatalogueCheck.IndexOfTable> index = catalogue.index(space);
    if (table.isPresent()) {
      item(table.get(), row);
    } else if (index.isPresent()) {
      entry(index.get(), row);
    } else if (catalogue.collections(space).isPresent()) {
      collections.size(row);
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
