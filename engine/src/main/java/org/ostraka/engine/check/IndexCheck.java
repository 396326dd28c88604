package org.ostraka.engine.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexRow;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A check that an index has exactly the rows that follow from its table's items. One thread.
 *
 * <p>Rows and items are read in different orders and may be many, so only a {@link RowBalance} is
 * kept for each index. Of an index that is being built, only the part that has been built is
 * verified.
 */
final class IndexCheck {
  private final CatalogueCheck catalogue;
  private final Consumer<String> problems;
  private final Map<Space, RowBalance> balances = new HashMap<>();

  IndexCheck(CatalogueCheck catalogue, Consumer<String> problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** Adds a row of an index. */
  void entry(CatalogueCheck.IndexOfTable index, Row row) {
    if (!index.index().isBuilding() || catalogue.covers(index.index(), owner(index, row))) {
      balance(index.index()).found(row.key(), row.value());
    }
  }

  private static RowKey owner(CatalogueCheck.IndexOfTable index, Row row) {
    return ItemKey.ofItem(index.items(), index.table().key(), ItemEncoding.decode(row.value()));
  }

  /** Adds an item of the table, from which the row that the index should have follows. */
  void item(OpenIndex index, TableDescription table, RowKey key, Item item) {
    if (catalogue.covers(index, key) && index.index().holds(item)) {
      Item entry = index.index().entry(table.key(), item);
      balance(index).expected(IndexRow.of(index, table.key(), entry), ItemEncoding.encode(entry));
    }
  }

  /** Reports the indexes whose rows are not the expected ones. */
  void finish() {
    balances.forEach((space, balance) ->
        catalogue
            .index(space)
            .filter(_ -> !balance.isEven())
            .ifPresent(index ->
                problems.accept(
                    "index "
                        + index.index().index().name()
                        + " of table "
                        + index.table().name()
                        + " does not follow from its items; rows too many: "
                        + balance.rowsTooMany())));
  }

  private RowBalance balance(OpenIndex index) {
    return balances.computeIfAbsent(index.space(), _ -> new RowBalance());
  }
}
