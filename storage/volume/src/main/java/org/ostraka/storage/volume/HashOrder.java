package org.ostraka.storage.volume;

import java.math.BigInteger;
import java.util.Comparator;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Slice;

/**
 * Partitions in the order of their {@link PartitionHash}, and among equal hashes of their length
 * and then their bytes. A slice is a range of hashes. Stateless.
 */
final class HashOrder implements ScanOrder {
  static final HashOrder ORDER = new HashOrder();

  private static final BigInteger HASHES = BigInteger.TWO.pow(Long.SIZE);
  private static final Comparator<RowKey> BY_BYTES =
      Comparator.<RowKey>comparingInt(key -> key.partition().sizeBytes())
          .thenComparing(RowKey::partition)
          .thenComparing(RowKey::sort);

  private HashOrder() {}

  @Override
  public int compare(RowKey one, RowKey other) {
    int byHash =
        Long.compareUnsigned(
            PartitionHash.of(one.partition()), PartitionHash.of(other.partition()));
    return byHash != 0 ? byHash : BY_BYTES.compare(one, other);
  }

  @Override
  public int sliceOf(RowKey key, int total) {
    return (int) Math.unsignedMultiplyHigh(PartitionHash.of(key.partition()), total);
  }

  /** Returns the least hash of a slice, unsigned. */
  static long first(Slice slice) {
    return start(slice.index(), slice.total());
  }

  /** Returns the greatest hash of a slice, unsigned. */
  static long last(Slice slice) {
    return start(slice.index() + 1, slice.total()) - 1;
  }

  /**
   * Returns the least hash of which the product with the total reaches the index times 2^64; for
   * the index after the last slice that is 2^64, which is 0 again.
   */
  private static long start(int index, int total) {
    if (total == 1) {
      return 0;
    }
    BigInteger[] parts =
        HASHES.multiply(BigInteger.valueOf(index)).divideAndRemainder(BigInteger.valueOf(total));
    return parts[0].longValue() + parts[1].signum();
  }
}
