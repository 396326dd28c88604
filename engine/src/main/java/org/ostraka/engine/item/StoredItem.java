package org.ostraka.engine.item;

/**
 * Whether an item exists, and its size. Immutable.
 *
 * @param sizeBytes the item's size by the service's formula, 0 when there is none
 */
public record StoredItem(boolean exists, int sizeBytes) {
  static final StoredItem NONE = new StoredItem(false, 0);

  static StoredItem ofSize(int sizeBytes) {
    return new StoredItem(true, sizeBytes);
  }
}
