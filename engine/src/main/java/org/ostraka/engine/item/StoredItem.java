package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Item;
import org.ostraka.storage.Row;

/**
 * What a row says of an item, read within the decision: damage is met before anything is written.
 * Immutable.
 *
 * @param exists whether there is an item
 * @param sizeBytes the item's size by the service's formula, 0 when there is none
 * @param item the item, where it was wanted and there is one
 */
public record StoredItem(boolean exists, int sizeBytes, Optional<Item> item) {
  /** Reads the size only, or the whole item. */
  static StoredItem of(Optional<Row> row, boolean whole) {
    return new StoredItem(
        row.isPresent(),
        row.map(Row::value).map(ItemEncoding::sizeBytes).orElse(0),
        whole ? row.map(Row::value).map(ItemEncoding::decode) : Optional.empty());
  }
}
