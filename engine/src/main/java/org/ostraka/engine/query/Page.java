package org.ostraka.engine.query;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;

/**
 * A page as it was read. Immutable; its items are decoded when they are asked for.
 *
 * @param count items that passed the filters
 * @param scannedCount items that were read
 * @param end the item that made the page full; nothing if the rows came to an end
 */
public record Page(List<Item> items, int count, int scannedCount, Optional<End> end) {

  /**
   * Where a page ended.
   *
   * @param stretch which of the stretches it was, from 0
   * @param key the key of the item
   */
  public record End(int stretch, Item key) {}
}
