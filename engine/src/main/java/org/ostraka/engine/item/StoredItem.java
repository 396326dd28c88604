package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Item;
import org.ostraka.storage.Row;

/** The item that a row may hold, read no further than asked. Immutable. */
record StoredItem(Optional<Row> row) {
  boolean exists() {
    return row.isPresent();
  }

  /** The item's size by the service's formula, 0 when there is none. */
  int sizeBytes() {
    return row.map(Row::value).map(ItemEncoding::sizeBytes).orElse(0);
  }

  Optional<Item> item() {
    return row.map(Row::value).map(ItemEncoding::decode);
  }
}
