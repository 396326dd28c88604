package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;

/**
 * A page of items. Immutable.
 *
 * @param items the items, absent when only their count was asked for
 * @param count items that passed the filter
 * @param scannedCount items that were read
 * @param lastEvaluatedKey the key after which the next page goes on; absent when nothing is left
 */
public record PageResponse(
    @Nullable List<Item> items,
    int count,
    int scannedCount,
    @Nullable Item lastEvaluatedKey,
    @Nullable ConsumedCapacity consumedCapacity) {
  /** The same page when it is known that nothing is left. */
  public PageResponse asLast() {
    return new PageResponse(items, count, scannedCount, null, consumedCapacity);
  }
}
