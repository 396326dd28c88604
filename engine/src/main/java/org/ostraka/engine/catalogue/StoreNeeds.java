package org.ostraka.engine.catalogue;

import org.ostraka.model.Limits;
import org.ostraka.storage.StoreLimits;

/**
 * The limits that a store must have at least, so that the API's limits hold on it. The engine
 * splits batches and background work by the store's own limits, which may be higher. Stateless.
 */
final class StoreNeeds {
  /**
   * The longest encoding of a text or binary key attribute: each byte escaped, a tag and an end.
   */
  private static final int PARTITION_PART_BYTES = 2 * Limits.PARTITION_KEY_BYTES + 3;

  private static final int SORT_PART_BYTES = 2 * Limits.SORT_KEY_BYTES + 3;

  /** The sort bytes of an index's row: those of its sort key, then those of the table's key. */
  private static final int SORT_BYTES =
      Limits.INDEX_KEY_PARTS * SORT_PART_BYTES + PARTITION_PART_BYTES + SORT_PART_BYTES;

  /**
   * The writes of one item: its old and new row in each index, that of expiry times included, and
   * four more rows and records.
   */
  private static final int WRITES_OF_AN_ITEM =
      1 + 2 * (Limits.LOCAL_INDEXES + Limits.GLOBAL_INDEXES + 1) + 3;

  /**
   * The largest value: a change record with both images. A stored item takes at most twice the
   * bytes that the service counts for it.
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
   * Refuses a store whose limits are lower than the API needs.
   *
   * @throws IllegalArgumentException with a message that names both limits
   */
  static void require(StoreLimits limits) {
    if (!limits.cover(NEEDED)) {
      throw new IllegalArgumentException(
          "the store takes less at once than the API needs: " + limits + ", needed " + NEEDED);
    }
  }
}
