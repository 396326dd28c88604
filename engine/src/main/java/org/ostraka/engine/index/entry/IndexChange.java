package org.ostraka.engine.index.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.model.Bytes;
import org.ostraka.model.Index;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Write;

/**
 * The change of one index that follows from the change of an item. Immutable.
 *
 * @param units write units: none for an entry that does not change, those of the larger entry when
 *     both have the same key, those of both entries when the key changes (measured in August 2026)
 * @param entriesDelta the number of entries added to the index, negative when removed
 * @param sizeBytesDelta the bytes of entries added to the index, negative when removed
 */
public record IndexChange(
    Index index, List<Write> writes, double units, int entriesDelta, int sizeBytesDelta) {
  public IndexChange {
    writes = List.copyOf(writes);
  }

  /** Returns the changes of those indexes of a table in which anything changes. */
  public static List<IndexChange> of(
      TableUse table, RowKey owner, Optional<Item> before, Optional<Item> after) {
    List<IndexChange> changes = new ArrayList<>();
    for (OpenIndex index : table.indexes()) {
      Optional<Item> old = entry(index, table.key(), before);
      Optional<Item> next = entry(index, table.key(), after);
      if (!old.equals(next)) {
        IndexChange change = of(index, table.key(), owner, old, next);
        changes.add(table.counts(index, owner) ? change : change.uncounted());
      }
    }
    return changes;
  }

  /** Returns the partitions of the entries that change. */
  public List<Bytes> partitions() {
    List<Bytes> partitions = new ArrayList<>();
    for (Write write : writes) {
      if (write instanceof Write.Derive derived
          && !partitions.contains(derived.key().partition())) {
        partitions.add(derived.key().partition());
      }
    }
    return partitions;
  }

  /** Returns the same change without counts, for an index build that will count the item itself. */
  private IndexChange uncounted() {
    return new IndexChange(index, writes, units, 0, 0);
  }

  /** Returns the index entry of an item; empty when the index does not hold the item. */
  private static Optional<Item> entry(OpenIndex index, TableKey table, Optional<Item> item) {
    return item.filter(index.index()::holds).map(held -> index.index().entry(table, held));
  }

  private static IndexChange of(
      OpenIndex index, TableKey table, RowKey owner, Optional<Item> old, Optional<Item> next) {
    Optional<RowKey> oldKey = old.map(entry -> IndexRow.of(index, table, entry));
    Optional<RowKey> nextKey = next.map(entry -> IndexRow.of(index, table, entry));
    List<Write> writes = new ArrayList<>();
    oldKey
        .filter(key -> !nextKey.equals(Optional.of(key)))
        .ifPresent(key -> writes.add(new Write.Derive(owner, key, Optional.empty())));
    next.ifPresent(entry -> writes.add(IndexRow.write(index, table, owner, entry)));
    int oldBytes = old.map(Item::sizeBytes).orElse(0);
    int nextBytes = next.map(Item::sizeBytes).orElse(0);
    boolean moved = oldKey.isPresent() && nextKey.isPresent() && !oldKey.equals(nextKey);
    return new IndexChange(
        index.index(),
        writes,
        moved
            ? CapacityUnits.write(oldBytes, 0) + CapacityUnits.write(0, nextBytes)
            : CapacityUnits.write(oldBytes, nextBytes),
        (next.isPresent() ? 1 : 0) - (old.isPresent() ? 1 : 0),
        nextBytes - oldBytes);
  }
}
