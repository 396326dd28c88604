package org.ostraka.storage.postgresql;

import java.util.Comparator;
import org.ostraka.model.Bytes;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;

/**
 * Partitions in the order of their hash, and among equal hashes of their ids, as the index of the
 * table has them. Stateless.
 */
final class StoredOrder implements ScanOrder {
  static final StoredOrder ORDER = new StoredOrder();

  private static final Comparator<RowKey> BY_BYTES =
      Comparator.<RowKey, Bytes>comparing(key -> Bytes.wrap(StoredKey.partitionId(key.partition())))
          .thenComparing(RowKey::sort);

  private StoredOrder() {}

  @Override
  public int compare(RowKey one, RowKey other) {
    int byHash = Long.compare(StoredKey.hash(one.partition()), StoredKey.hash(other.partition()));
    return byHash != 0 ? byHash : BY_BYTES.compare(one, other);
  }

  @Override
  public int sliceOf(RowKey key, int total) {
    return PartitionHash.sliceOf(PartitionHash.of(key.partition()), total);
  }
}
