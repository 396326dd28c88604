package org.ostraka.model;

/**
 * How large an item collection is: the items of a table with local indexes that share a partition
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

  /** Whole gigabytes, not more than the size. */
  public double lowerGigabytes() {
    return Math.floor(sizeBytes / GIGABYTE);
  }

  /** Whole gigabytes, more than the size. */
  public double upperGigabytes() {
    return lowerGigabytes() + 1;
  }
}
