package org.ostraka.engine.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.item.ItemCollection;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A check that item collections have the sizes that are stored for them. The size is that of the
 * items and of the entries that local indexes should have of them; {@link IndexCheck} compares
 * these entries with the actual ones. One thread.
 */
final class CollectionCheck {
  private final Consumer<String> problems;
  private final Map<Space, RowBalance> balances = new HashMap<>();
  private @Nullable RowKey current;
  private long currentBytes;

  CollectionCheck(Consumer<String> problems) {
    this.problems = problems;
  }

  /** Adds a row that stores the size of a collection. */
  void size(Row row) {
    balance(row.key()).found(row.key(), row.value());
  }

  /**
   * Adds an item. The items of one collection must be added one after the other.
   *
   * @param row the key of the row that stores the size of the item's collection
   * @param sizeBytes the size of the item together with its entries in local indexes
   */
  void item(RowKey row, long sizeBytes) {
    if (!row.equals(current)) {
      finishCollection();
      current = row;
    }
    currentBytes += sizeBytes;
  }

  /** Reports the tables whose collections do not have the stored sizes. */
  void finish(CatalogueCheck catalogue) {
    finishCollection();
    balances.forEach((space, balance) ->
        catalogue
            .collections(space)
            .filter(_ -> !balance.isEven())
            .ifPresent(table ->
                problems.accept(
                    "item collections of table "
                        + table.name()
                        + " are not as large as they are said to be; rows too many: "
                        + balance.rowsTooMany())));
  }

  private void finishCollection() {
    if (current != null) {
      balance(current).expected(current, ItemCollection.encoded(currentBytes));
    }
    current = null;
    currentBytes = 0;
  }

  private RowBalance balance(RowKey row) {
    return balances.computeIfAbsent(row.space(), _ -> new RowBalance());
  }
}
