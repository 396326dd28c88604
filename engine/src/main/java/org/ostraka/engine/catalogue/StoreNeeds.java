package org.ostraka.engine.catalogue;

import org.ostraka.model.Limits;
import org.ostraka.storage.StoreLimits;

/**
 * How much a store must take at once for the API's limits to hold on it. The engine splits batches
 * and background work by what a store takes beyond that. Stateless.
 */
final class StoreNeeds {
  /** The longest form of a text or binary key attribute: each byte escaped, a tag, and an end. */
  private static final int PARTITION_PART_BYTES = 2 * Limits.PARTITION_KEY_BYTES + 3;

  private static final int SORT_PART_BYTES = 2 * Limits.SORT_KEY_BYTES + 3;

  /** An index's sort bytes are its sort key's and then the table's key's. */
  private static final int SORT_BYTES =
      Limits.INDEX_KEY_PARTS * SORT_PART_BYTES + PARTITION_PART_BYTES + SORT_PART_BYTES;

  /** The old and the new row of one item in each index, and four more rows and records. */
  private static final int WRITES_OF_AN_ITEM =
      1 + 2 * (Limits.LOCAL_INDEXES + Limits.GLOBAL_INDEXES) + 3;

  /**
   * A change record with both images. Stored items are at most twice as large as the service counts
   * them.
   */
  private static final long VALUE_BYTES = 4L * Limits.ITEM_BYTES + (64 << 10);

  private static final StoreLimits NEEDED =
      new StoreLimits(
          Limits.TRANSACTION_ACTIONS,
          Math.max(Limits.TRANSACTION_ACTIONS, WRITES_OF_AN_ITEM),
          Limits.INDEX_KEY_PARTS * PARTITION_PART_BYTES,
          SORT_BYTES,
          VALUE_BYTES);

  private StoreNeeds() {}

  /**
   * Refuses a store that takes less than the API needs.
   *
   * @throws IllegalArgumentException which names both limits
   */
  static void require(StoreLimits limits) {
    if (!limits.cover(NEEDED)) {
      throw new IllegalArgumentException(
          "the store takes less at once than the API needs: " + limits + ", needed " + NEEDED);
    }
  }
}
