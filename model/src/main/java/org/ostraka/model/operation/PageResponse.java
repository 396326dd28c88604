package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;

/**
 * A page of items. Immutable.
 *
 * @param items the items, absent when only their count was requested
 * @param count items that passed the filter
 * @param scannedCount items that were read
 * @param lastEvaluatedKey the key after which the next page starts; absent when nothing is left
 */
public record PageResponse(
    @Nullable List<Item> items,
    int count,
    int scannedCount,
    @Nullable Item lastEvaluatedKey,
    @Nullable ConsumedCapacity consumedCapacity) {
  /** Returns the same page as the last one, without a key to continue after. */
  public PageResponse asLast() {
    return new PageResponse(items, count, scannedCount, null, consumedCapacity);
  }
}
