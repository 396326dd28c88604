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
 * Verifies that item collections are as large as their rows say: as their items, and the entries
 * that local indexes should have of these, which is for {@link IndexCheck} to compare with those
 * that they have. One thread.
 */
final class CollectionCheck {
  private final Consumer<String> problems;
  private final Map<Space, RowBalance> balances = new HashMap<>();
  private @Nullable RowKey current;
  private long currentBytes;

  CollectionCheck(Consumer<String> problems) {
    this.problems = problems;
  }

  /** A row that says how large a collection is. */
  void size(Row row) {
    balance(row.key()).found(row.key(), row.value());
  }

  /**
   * An item; those of one collection come one after the other.
   *
   * @param row where its collection has its size
   * @param sizeBytes the item's size with its entries in local indexes
   */
  void item(RowKey row, long sizeBytes) {
    if (!row.equals(current)) {
      finishCollection();
      current = row;
    }
    currentBytes += sizeBytes;
  }

  /** Tells the tables whose collections are not what they should be. */
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
