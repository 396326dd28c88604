package org.ostraka.engine.item;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.model.Item;
import org.ostraka.storage.Write;

/**
 * What a write comes to. Immutable.
 *
 * @param before the item as it was
 * @param after the item as it is to be, if there is to be one
 * @param writes the rows that make it so
 */
public record ItemChange(StoredItem before, Optional<Item> after, List<Write> writes) {
  public ItemChange {
    writes = List.copyOf(writes);
  }

  /** A write that leaves everything as it is. */
  static ItemChange none(StoredItem item) {
    return new ItemChange(item, item.item(), List.of());
  }

  /** How many items the table has more, or less. */
  int itemCountDelta() {
    return (writesNothing() || after.isPresent() ? 0 : -1) + (isNew() ? 1 : 0);
  }

  /** How many bytes of items the table has more, or less. */
  int sizeBytesDelta() {
    return writesNothing() ? 0 : sizeBytesAfter() - before.sizeBytes();
  }

  /** The write units that this costs. */
  public double units() {
    return CapacityUnits.write(before.sizeBytes(), sizeBytesAfter());
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
