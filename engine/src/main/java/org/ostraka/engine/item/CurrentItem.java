package org.ostraka.engine.item;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;

/**
 * The item that a decision finds, if there is one: its bytes, and its objects once they are asked
 * for. Objects take tens of times the memory of the bytes, so only bytes may be kept beyond the
 * decision. The thread that runs the decision.
 */
final class CurrentItem {
  private final Optional<Bytes> stored;
  private final StoredItem summary;
  private final ItemWork work;
  private @Nullable Item decoded;

  /**
   * Makes the item from the bytes of its row.
   *
   * @param work counts the work of looking at the item
   */
  CurrentItem(Optional<Bytes> stored, ItemWork work) {
    this.work = work;
    this.stored = stored;
    this.summary =
        stored.map(ItemEncoding::sizeBytes).map(StoredItem::ofSize).orElse(StoredItem.NONE);
  }

  boolean exists() {
    return stored.isPresent();
  }

  StoredItem summary() {
    return summary;
  }

  /**
   * Returns the item as objects. Decoding notices damage, so damage is found before anything is
   * written.
   */
  Optional<Item> item() {
    if (decoded == null && stored.isPresent()) {
      work.lookAt(stored.get());
      decoded = ItemEncoding.decode(stored.get());
    }
    return Optional.ofNullable(decoded);
  }

  /** Returns the item's bytes, after checking them for damage. */
  Optional<Bytes> stored() {
    if (decoded == null && stored.isPresent()) {
      ItemEncoding.requireSound(stored.get());
    }
    return stored;
  }

  /**
   * Returns whether the item, or that there is none, stays as it is. Most items differ in a text,
   * or do not differ in any byte, which shows without making objects.
   *
   * @param after the item afterwards, and its bytes; both empty when there will be none
   */
  boolean stays(Optional<Item> after, Optional<Bytes> written) {
    if (stored.isEmpty() || written.isEmpty()) {
      return stored.isEmpty() && written.isEmpty();
    }
    if (stored.get().equals(written.get())) {
      return true;
    }
    return !ItemEncoding.surelyDiffer(stored.get(), written.get()) && item().equals(after);
  }
}
