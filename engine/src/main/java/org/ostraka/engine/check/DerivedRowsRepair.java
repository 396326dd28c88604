package org.ostraka.engine.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.ExpiryBuild;
import org.ostraka.engine.catalogue.IndexBuildPosition;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expiry.entry.ExpiryChange;
import org.ostraka.engine.expiry.entry.ExpiryRow;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.index.entry.IndexRow;
import org.ostraka.engine.item.ItemCollection;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/**
 * Makes the rows of indexes, of expiry times and of the sizes of item collections again from the
 * items, where they do not follow from them. A row whose item is missing names a lost item. One
 * thread.
 */
final class DerivedRowsRepair {
  private final Store store;
  private final RepairWriter rows;
  private final CatalogueCheck catalogue;
  private final LostItems lost;
  private final Map<String, Long> changed = new HashMap<>();
  private final Map<Space, Optional<IndexBuildPosition>> expiryBuilds = new HashMap<>();

  /** Accepts the key of an item that is missing. */
  @FunctionalInterface
  interface LostItems {
    void lost(TableDescription table, RowKey row, Item key);
  }

  DerivedRowsRepair(Store store, RepairWriter rows, CatalogueCheck catalogue, LostItems lost) {
    this.store = store;
    this.rows = rows;
    this.catalogue = catalogue;
    this.lost = lost;
  }

  /** Repairs everything that follows from items; the items themselves must be sound. */
  void run() {
    catalogue
        .allIndexes()
        .forEach(index -> rows.eachRow(index.index().space(), row -> entry(index, row)));
    catalogue
        .allExpiries()
        .forEach(expiry -> rows.eachRow(expiry.space(), row -> expiry(expiry, row)));
    catalogue.tablesBySpace().forEach(this::items);
  }

  /** Returns how many rows were made, changed or removed, by what they belong to. */
  Map<String, Long> changed() {
    return Map.copyOf(changed);
  }

  /** Removes an index's row unless an item has it. */
  private void entry(CatalogueCheck.IndexOfTable index, Row row) {
    String name = catalogue.nameOf(row.key().space()).orElseThrow();
    try {
      Item entry = ItemEncoding.decode(row.value());
      RowKey owner = ItemKey.ofItem(index.items(), index.table().key(), entry);
      if (!catalogue.covers(index.index(), owner)) {
        return;
      }
      Optional<Item> item = item(index.table(), owner, entry);
      boolean sound =
          item.filter(found -> index.index().index().holds(found))
              .filter(
                  found -> IndexRow.of(index.index(), index.table().key(), found).equals(row.key()))
              .isPresent();
      if (!sound) {
        remove(row.key(), name);
      }
    } catch (CorruptDataException | ValidationException _) {
      remove(row.key(), name);
    }
  }

  private void expiry(CatalogueCheck.ExpiryOfTable expiry, Row row) {
    if (ExpiryBuild.isPosition(row.key())) {
      return;
    }
    String name = catalogue.nameOf(expiry.space()).orElseThrow();
    try {
      Item key = ExpiryRow.keyItem(row);
      RowKey owner = ItemKey.ofItem(expiry.items(), expiry.table().key(), key);
      if (!covers(expiry, owner)) {
        return;
      }
      boolean sound =
          item(expiry.table(), owner, key)
              .flatMap(item -> ExpiryChange.row(expiry.timeToLive(), owner, item))
              .filter(row.key()::equals)
              .isPresent();
      if (!sound) {
        remove(row.key(), name);
      }
    } catch (CorruptDataException | ValidationException _) {
      remove(row.key(), name);
    }
  }

  /** Returns the item that a row follows from; notes that it is lost if there is none. */
  private Optional<Item> item(TableDescription table, RowKey owner, Item entry) {
    Optional<Item> item = rows.value(owner).map(ItemEncoding::decode);
    if (item.isEmpty()) {
      lost.lost(table, owner, ItemKey.within(table.key(), entry));
    }
    return item;
  }

  /** Makes the rows that are missing for the items of a table, and the sizes of its collections. */
  private void items(Space space, TableDescription table) {
    List<OpenIndex> indexes = catalogue.indexesOf(space);
    Optional<CatalogueCheck.ExpiryOfTable> expiry = catalogue.expiryOfItems(space);
    Optional<Space> collections = catalogue.collectionsOf(space);
    CollectionSizes sizes = new CollectionSizes();
    rows.eachRow(
        space,
        row -> {
          Item item = ItemEncoding.decode(row.value());
          indexes.forEach(index -> require(index, table, row.key(), item));
          expiry.ifPresent(of -> require(of, row.key(), item));
          collections.ifPresent(of ->
              sizes.add(
                  ItemCollection.row(of, row.key()),
                  IndexKeyRules.sizeBytes(indexes, table.key(), item)));
        });
    sizes.end();
    collections.ifPresent(of ->
        rows.eachRow(
            of,
            row -> {
              if (!rows.hasRows(space, row.key().partition())
                  || !row.key().sort().equals(Bytes.EMPTY)) {
                remove(row.key(), catalogue.nameOf(of).orElseThrow());
              }
            }));
    rows.finish();
  }

  private void require(OpenIndex index, TableDescription table, RowKey owner, Item item) {
    if (catalogue.covers(index, owner) && index.index().holds(item)) {
      Item entry = index.index().entry(table.key(), item);
      require(IndexRow.of(index, table.key(), entry), ItemEncoding.encode(entry));
    }
  }

  private void require(CatalogueCheck.ExpiryOfTable expiry, RowKey owner, Item item) {
    if (covers(expiry, owner)) {
      ExpiryChange.row(expiry.timeToLive(), owner, item)
          .ifPresent(row -> require(row, ExpiryRow.value(expiry.table().key(), item)));
    }
  }

  private void require(RowKey key, Bytes value) {
    if (!rows.value(key).equals(Optional.of(value))) {
      rows.put(key, value);
      count(catalogue.nameOf(key.space()).orElseThrow());
    }
  }

  private void remove(RowKey key, String name) {
    rows.delete(key);
    count(name);
  }

  private void count(String name) {
    changed.merge(name, 1L, Long::sum);
  }

  private boolean covers(CatalogueCheck.ExpiryOfTable expiry, RowKey item) {
    return !expiry.timeToLive().isBuilding()
        || expiryBuilds
            .computeIfAbsent(expiry.space(), space -> ExpiryBuild.position(store, space))
            .filter(position -> position.hasPassed(item, store.scanOrder()))
            .isPresent();
  }

  /** Adds up the sizes of the items of one collection after the other. */
  private final class CollectionSizes {
    private Optional<RowKey> current = Optional.empty();
    private long bytes;

    void add(RowKey collection, long sizeBytes) {
      if (!current.equals(Optional.of(collection))) {
        end();
        current = Optional.of(collection);
      }
      bytes += sizeBytes;
    }

    void end() {
      current.ifPresent(row -> require(row, ItemCollection.encoded(bytes)));
      current = Optional.empty();
      bytes = 0;
    }
  }
}
