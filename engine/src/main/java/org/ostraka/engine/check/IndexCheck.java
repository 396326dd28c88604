package org.ostraka.engine.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.IndexRow;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.table.CatalogueCheck;
import org.ostraka.engine.table.OpenIndex;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * Verifies that an index has just the rows that follow from its table's items. One thread.
 *
 * <p>Rows and items come in different orders, and there may be many: of each index only the number
 * and the sum of the hashes of rows are kept, those that should be there taken away from those that
 * are. Of an index that is still being built only what has been built is verified.
 */
final class IndexCheck {
  private final CatalogueCheck catalogue;
  private final Consumer<String> problems;
  private final Map<Space, Balance> balances = new HashMap<>();

  IndexCheck(CatalogueCheck catalogue, Consumer<String> problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** Rows that are there and should not be, less those that should be and are not. */
  private static final class Balance {
    private long rows;
    private long hashes;

    void add(int sign, RowKey key, Bytes value) {
      rows += sign;
      hashes += sign * hash(key, value);
    }

    private static long hash(RowKey key, Bytes value) {
      long hash = PartitionHash.of(key.partition());
      hash = 31 * hash + PartitionHash.of(key.sort());
      return 31 * hash + PartitionHash.of(value);
    }
  }

  /** A row that an index has. */
  void entry(CatalogueCheck.IndexOfTable index, Row row) {
    if (!index.index().isBuilding() || catalogue.covers(index.index(), owner(index, row))) {
      balance(index.index()).add(1, row.key(), row.value());
    }
  }

  private static RowKey owner(CatalogueCheck.IndexOfTable index, Row row) {
    return ItemKey.ofItem(index.items(), index.table().key(), ItemEncoding.decode(row.value()));
  }

  /** An item of the table, which says what row an index should have. */
  void item(OpenIndex index, TableDescription table, RowKey key, Item item) {
    if (catalogue.covers(index, key) && index.index().holds(item)) {
      Item entry = index.index().entry(table.key(), item);
      balance(index).add(-1, IndexRow.of(index, table.key(), entry), ItemEncoding.encode(entry));
    }
  }

  /** Tells the indexes that are not what they should be. */
  void finish() {
    balances.forEach((space, balance) ->
        catalogue
            .index(space)
            .filter(_ -> balance.rows != 0 || balance.hashes != 0)
            .ifPresent(index ->
                problems.accept(
                    "index "
                        + index.index().index().name()
                        + " of table "
                        + index.table().name()
                        + " does not follow from its items; rows too many: "
                        + balance.rows)));
  }

  private Balance balance(OpenIndex index) {
    return balances.computeIfAbsent(index.space(), _ -> new Balance());
  }
}
