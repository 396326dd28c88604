package org.ostraka.engine.item;

import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Item;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The row that a deleted item leaves in a table that keeps tombstones. It has the item's key, and
 * its version is the time and region of the deletion, so that an older change from another region
 * does not bring the item back. Immutable.
 *
 * @param row the item's own key in the space of tombstones. Part of the format on disk
 */
record Tombstone(RowKey row) {
  static Tombstone of(Space tombstones, RowKey item) {
    return new Tombstone(new RowKey(tombstones, item.partition(), item.sort()));
  }

  /** Returns the write that stores the tombstone; its value is the item's key. */
  Write left(Item keyItem) {
    return new Write.Put(row, ItemEncoding.encode(keyItem));
  }

  /** Returns the write that removes the tombstone, for when there is an item again. */
  Write removed() {
    return new Write.Delete(row);
  }
}
