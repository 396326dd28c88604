package org.ostraka.engine.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.ExpiryBuild;
import org.ostraka.engine.catalogue.IndexBuildPosition;
import org.ostraka.engine.expiry.entry.ExpiryChange;
import org.ostraka.engine.expiry.entry.ExpiryRow;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Item;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/**
 * A check that the index of expiry times has exactly the rows that follow from its table's items.
 * Of an index that is being built, only the part that has been built is verified. One thread.
 */
final class ExpiryCheck {
  private final Store store;
  private final Consumer<String> problems;
  private final Map<Space, RowBalance> balances = new HashMap<>();
  private final Map<Space, Optional<IndexBuildPosition>> positions = new HashMap<>();

  ExpiryCheck(Store store, Consumer<String> problems) {
    this.store = store;
    this.problems = problems;
  }

  /** Adds a row of an index. */
  void row(CatalogueCheck.ExpiryOfTable expiry, Row row) {
    if (ExpiryBuild.isPosition(row.key())) {
      if (!ExpiryBuild.position(row).index().equals(expiry.space())) {
        problems.accept(
            "the build of the expiry times of table "
                + expiry.table().name()
                + " has the position of another index");
      }
      return;
    }
    RowKey owner = ItemKey.ofItem(expiry.items(), expiry.table().key(), ExpiryRow.keyItem(row));
    if (covers(expiry, owner)) {
      balance(expiry.space()).found(row.key(), row.value());
    }
  }

  /** Adds an item of the table, from which the row that the index should have follows. */
  void item(CatalogueCheck.ExpiryOfTable expiry, RowKey key, Item item) {
    if (covers(expiry, key)) {
      ExpiryChange.row(expiry.timeToLive(), key, item)
          .ifPresent(row ->
              balance(expiry.space()).expected(row, ExpiryRow.value(expiry.table().key(), item)));
    }
  }

  /** Reports the tables whose expiry times are not the expected ones. */
  void finish(CatalogueCheck catalogue) {
    balances.forEach((space, balance) ->
        catalogue
            .expiry(space)
            .filter(_ -> !balance.isEven())
            .ifPresent(expiry ->
                problems.accept(
                    "the expiry times of table "
                        + expiry.table().name()
                        + " do not follow from its items; rows too many: "
                        + balance.rowsTooMany())));
  }

  private boolean covers(CatalogueCheck.ExpiryOfTable expiry, RowKey item) {
    return !expiry.timeToLive().isBuilding()
        || positions
            .computeIfAbsent(expiry.space(), space -> ExpiryBuild.position(store, space))
            .filter(position -> position.hasPassed(item, store.scanOrder()))
            .isPresent();
  }

  private RowBalance balance(Space space) {
    return balances.computeIfAbsent(space, _ -> new RowBalance());
  }
}
