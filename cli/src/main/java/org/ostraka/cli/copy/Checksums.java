package org.ostraka.cli.copy;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Checksums of a table's items in buckets: the hash of its key puts an item in a bucket, whose
 * checksum is the sum of the digests of its items. Any thread.
 */
final class Checksums {
  private static final int FEWEST = 1 << 10;
  private static final int MOST = 1 << 20;
  private static final long ITEMS_PER_BUCKET = 16;

  private final int buckets;
  private final AtomicLongArray counts;
  private final AtomicLongArray highs;
  private final AtomicLongArray lows;

  Checksums(int buckets) {
    this.buckets = buckets;
    this.counts = new AtomicLongArray(buckets);
    this.highs = new AtomicLongArray(buckets);
    this.lows = new AtomicLongArray(buckets);
  }

  /** Returns the number of buckets for about this many items. */
  static int bucketsFor(long items) {
    int buckets = FEWEST;
    while (buckets < MOST && buckets * ITEMS_PER_BUCKET < items) {
      buckets *= 2;
    }
    return buckets;
  }

  /** Returns the bucket of a key; the number of buckets is a power of two. */
  static int bucket(Digest key, int buckets) {
    return (int) (key.high() & (buckets - 1));
  }

  void add(Digest key, Digest item) {
    int bucket = bucket(key, buckets);
    counts.incrementAndGet(bucket);
    highs.addAndGet(bucket, item.high());
    lows.addAndGet(bucket, item.low());
  }

  long items() {
    long items = 0;
    for (int i = 0; i < buckets; i++) {
      items += counts.get(i);
    }
    return items;
  }

  /** Returns the buckets in which the two tables differ. */
  BitSet differing(Checksums other) {
    BitSet differing = new BitSet(buckets);
    for (int i = 0; i < buckets; i++) {
      boolean isSame =
          counts.get(i) == other.counts.get(i)
              && highs.get(i) == other.highs.get(i)
              && lows.get(i) == other.lows.get(i);
      differing.set(i, !isSame);
    }
    return differing;
  }
}
