package org.ostraka.engine.item;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.storage.Row;

/**
 * The item that a decision finds, if there is one: its bytes, and objects for them once they are
 * asked for. Objects take tens of times the memory of their bytes: who keeps something of the item
 * beyond the decision keeps bytes. The thread that runs the decision.
 */
final class CurrentItem {
  private final Optional<Bytes> stored;
  private final StoredItem summary;
  private @Nullable Item decoded;

  CurrentItem(Optional<Row> row) {
    this.stored = row.map(Row::value);
    this.summary =
        stored.map(ItemEncoding::sizeBytes).map(StoredItem::ofSize).orElse(StoredItem.NONE);
  }

  boolean exists() {
    return stored.isPresent();
  }

  StoredItem summary() {
    return summary;
  }

  /** The item as objects; damage is met here, and so before anything is written. */
  Optional<Item> item() {
    if (decoded == null && stored.isPresent()) {
      decoded = ItemEncoding.decode(stored.get());
    }
    return Optional.ofNullable(decoded);
  }

  /** The item's bytes, in which damage has been looked for as well. */
  Optional<Bytes> stored() {
    if (decoded == null && stored.isPresent()) {
      ItemEncoding.values(stored.get());
    }
    return stored;
  }
}
