package org.ostraka.engine.index.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.model.Index;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Write;

/**
 * What a change of an item changes in one index. Immutable.
 *
 * @param units write units: none for an entry that stays as it is, those of the greater of two that
 *     share their key, those of both when the key moves (measured in August 2026)
 * @param entriesDelta entries that the index has more, or less
 * @param sizeBytesDelta bytes of entries that the index has more, or less
 */
public record IndexChange(
    Index index, List<Write> writes, double units, int entriesDelta, int sizeBytesDelta) {
  public IndexChange {
    writes = List.copyOf(writes);
  }

  /** What changes in those of a table's indexes in which anything does. */
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

  /** The same change of an index that is being built and will count the item itself. */
  private IndexChange uncounted() {
    return new IndexChange(index, writes, units, 0, 0);
  }

  /** What an index has of an item, if it has it. */
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
