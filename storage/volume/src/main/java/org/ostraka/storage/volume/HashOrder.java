package org.ostraka.storage.volume;

import java.util.Comparator;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;

/**
 * Partitions in the order of their {@link PartitionHash}, and among equal hashes of their length
 * and then their bytes. A slice is a range of hashes. Stateless.
 */
final class HashOrder implements ScanOrder {
  static final HashOrder ORDER = new HashOrder();

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
    return PartitionHash.sliceOf(PartitionHash.of(key.partition()), total);
  }
}
