package org.ostraka.engine.item;

import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Item;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * What a deleted item leaves in a table that keeps tombstones: a row with the item's key, whose
 * version says when and where the item was deleted, so that an older change from elsewhere does not
 * bring it back. Immutable.
 *
 * @param row the item's own key in the space of tombstones. Part of the format on disk
 */
record Tombstone(RowKey row) {
  static Tombstone of(Space tombstones, RowKey item) {
    return new Tombstone(new RowKey(tombstones, item.partition(), item.sort()));
  }

  /** Returns the write that leaves the tombstone; its value is the item's key. */
  Write left(Item keyItem) {
    return new Write.Put(row, ItemEncoding.encode(keyItem));
  }

  /** Returns the write that takes the tombstone away: there is an item again. */
  Write removed() {
    return new Write.Delete(row);
  }
}
