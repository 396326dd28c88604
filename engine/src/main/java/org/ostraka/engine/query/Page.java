package org.ostraka.engine.query;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;

/**
 * A page as it was read. Immutable; its items are decoded when they are asked for.
 *
 * @param count the number of items that passed the filters
 * @param scannedCount the number of items that were read
 * @param end the end of a page that became full; absent when there were no more rows
 */
public record Page(List<Item> items, int count, int scannedCount, Optional<End> end) {

  /**
   * The end of a page that became full.
   *
   * @param stretch the index of the stretch in which it became full, from 0
   * @param key the key of the item that made it full
   */
  public record End(int stretch, Item key) {}
}
