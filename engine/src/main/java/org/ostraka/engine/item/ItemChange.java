package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.index.entry.IndexChange;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.Item;
import org.ostraka.model.LocalIndex;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Write;

/**
 * What a write comes to. Immutable.
 *
 * @param before the item as it was
 * @param after the item as it is to be, if there is to be one
 * @param writes the rows that make it so
 * @param indexes what changes in the table's indexes
 * @param collectionBytes the size of the item's collection after this and what the same decision
 *     did before it; 0 where the table does not measure its collections
 */
public record ItemChange(
    StoredItem before,
    Optional<Item> after,
    List<Write> writes,
    List<IndexChange> indexes,
    long collectionBytes) {
  public ItemChange {
    writes = List.copyOf(writes);
    indexes = List.copyOf(indexes);
  }

  /** A write of the item's own row, and what follows from it for the indexes. */
  static ItemChange of(
      TableUse table, StoredItem before, Optional<Item> after, RowKey key, Write write) {
    List<IndexChange> indexes = IndexChange.of(table, key, before.item(), after);
    List<Write> writes = new ArrayList<>();
    writes.add(write);
    indexes.forEach(change -> writes.addAll(change.writes()));
    return new ItemChange(before, after, writes, indexes, 0);
  }

  /** A write that leaves everything as it is. */
  static ItemChange none(StoredItem item) {
    return new ItemChange(item, item.item(), List.of(), List.of(), 0);
  }

  /** The same change, which makes its item's collection so large. */
  ItemChange within(ItemCollection collection, long sizeBytes) {
    List<Write> all = writes;
    if (collectionBytesDelta() != 0) {
      all = new ArrayList<>(writes);
      all.add(collection.resized(sizeBytes));
    }
    return new ItemChange(before, after, all, indexes, sizeBytes);
  }

  /** How many bytes the item's collection has more, or less. */
  long collectionBytesDelta() {
    long delta = sizeBytesDelta();
    for (IndexChange change : indexes) {
      if (change.index() instanceof LocalIndex) {
        delta += change.sizeBytesDelta();
      }
    }
    return delta;
  }

  /** How many items the table has more, or less. */
  int itemCountDelta() {
    return (writesNothing() || after.isPresent() ? 0 : -1) + (isNew() ? 1 : 0);
  }

  /** How many bytes of items the table has more, or less. */
  int sizeBytesDelta() {
    return writesNothing() ? 0 : sizeBytesAfter() - before.sizeBytes();
  }

  /** The item's size before or after, whichever is greater. */
  public int sizeBytes() {
    return Math.max(before.sizeBytes(), sizeBytesAfter());
  }

  /** The write units that this costs. */
  public Cost cost() {
    Map<IndexName, Double> local = new HashMap<>();
    Map<IndexName, Double> global = new HashMap<>();
    for (IndexChange change : indexes) {
      switch (change.index()) {
        case LocalIndex index -> local.put(index.name(), change.units());
        case GlobalIndex index -> global.put(index.name(), change.units());
      }
    }
    return new Cost(CapacityUnits.write(before.sizeBytes(), sizeBytesAfter()), local, global);
  }

  private boolean isNew() {
    return !before.exists() && after.isPresent();
  }

  private boolean writesNothing() {
    return writes.isEmpty();
  }

  private int sizeBytesAfter() {
    return after.map(Item::sizeBytes).orElse(0);
  }
}
