package org.ostraka.testkit.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;

/**
 * Keys that tell careless encodings apart, and the order in which a store keeps them. Stateless.
 */
final class AwkwardKeys {
  /** The order of rows in a space, as {@link RowKey} describes it. */
  static final Comparator<RowKey> ORDER =
      Comparator.<RowKey, Long>comparing(
              key -> PartitionHash.of(key.partition()), Long::compareUnsigned)
          .thenComparingInt(key -> key.partition().sizeBytes())
          .thenComparing(RowKey::partition)
          .thenComparing(RowKey::sort);

  private AwkwardKeys() {}

  /**
   * Parts with every byte, empty ones, some that begin with others, and some of the greatest
   * length.
   */
  static List<RowKey> all() {
    List<Bytes> parts = new ArrayList<>();
    parts.add(Bytes.EMPTY);
    for (int value = 0; value < 256; value++) {
      parts.add(Bytes.of(value));
    }
    parts.addAll(List.of(Bytes.of(0, 0), Bytes.of(0, 1), Bytes.of(0, 255), Bytes.of(1, 0)));
    parts.addAll(List.of(Bytes.of(255, 0), Bytes.of(255, 255), Bytes.of('a', 'b')));
    parts.add(filled(RowKey.MAX_PART_BYTES, 0));
    parts.add(filled(RowKey.MAX_PART_BYTES, 255));
    parts.add(filled(RowKey.MAX_PART_BYTES - 1, 255));
    List<RowKey> keys = new ArrayList<>();
    for (Bytes part : parts) {
      keys.add(new RowKey(StoreClient.SPACE, part, Bytes.of('s')));
      keys.add(new RowKey(StoreClient.SPACE, Bytes.of('p'), part));
      keys.add(new RowKey(StoreClient.SPACE, part, Bytes.EMPTY));
    }
    return keys.stream().distinct().toList();
  }

  /** Partitions whose hashes begin with the same two bytes: neighbours in hash order. */
  static List<Bytes> neighbours() {
    long prefix = PartitionHash.of(StoreClient.bytes("neighbour")) >>> 48;
    List<Bytes> partitions = new ArrayList<>();
    for (long i = 0; partitions.size() < 5; i++) {
      Bytes partition = StoreClient.bytes("n" + i);
      if (PartitionHash.of(partition) >>> 48 == prefix) {
        partitions.add(partition);
      }
    }
    return partitions;
  }

  private static Bytes filled(int length, int value) {
    byte[] array = new byte[length];
    Arrays.fill(array, (byte) value);
    return Bytes.wrap(array);
  }
}
