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
 * Verifies that an index has just the rows that follow from its table's items. One thread.
 *
 * <p>Rows and items come in different orders, and there may be many: of each index only the {@link
 * RowBalance} is kept. Of an index that is still being built only what has been built is verified.
 */
final class IndexCheck {
  private final CatalogueCheck catalogue;
  private final Consumer<String> problems;
  private final Map<Space, RowBalance> balances = new HashMap<>();

  IndexCheck(CatalogueCheck catalogue, Consumer<String> problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** A row that an index has. */
  void entry(CatalogueCheck.IndexOfTable index, Row row) {
    if (!index.index().isBuilding() || catalogue.covers(index.index(), owner(index, row))) {
      balance(index.index()).found(row.key(), row.value());
    }
  }

  private static RowKey owner(CatalogueCheck.IndexOfTable index, Row row) {
    return ItemKey.ofItem(index.items(), index.table().key(), ItemEncoding.decode(row.value()));
  }

  /** An item of the table, which says what row an index should have. */
  void item(OpenIndex index, TableDescription table, RowKey key, Item item) {
    if (catalogue.covers(index, key) && index.index().holds(item)) {
      Item entry = index.index().entry(table.key(), item);
      balance(index).expected(IndexRow.of(index, table.key(), entry), ItemEncoding.encode(entry));
    }
  }

  /** Tells the indexes that are not what they should be. */
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
