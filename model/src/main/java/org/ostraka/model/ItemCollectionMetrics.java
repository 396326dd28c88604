package org.ostraka.model;

/**
 * The size of an item collection: the items of a table with local indexes that share a partition
 * key, with their entries in these indexes. Immutable.
 *
 * @param key the partition key's attribute alone
 * @param sizeBytes 0 for a collection without items
 */
public record ItemCollectionMetrics(Item key, long sizeBytes) {
  private static final double GIGABYTE = 1L << 30;

  public ItemCollectionMetrics {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a collection has no bytes or more");
    }
  }

  /** Returns the size in gigabytes, rounded down. */
  public double lowerGigabytes() {
    return Math.floor(sizeBytes / GIGABYTE);
  }

  /** Returns the least whole number of gigabytes above the size. */
  public double upperGigabytes() {
    return lowerGigabytes() + 1;
  }
}
