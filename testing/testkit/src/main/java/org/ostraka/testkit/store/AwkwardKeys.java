package org.ostraka.testkit.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.StoreLimits;

/** Keys that tell careless encodings apart. Stateless. */
final class AwkwardKeys {
  private AwkwardKeys() {}

  /**
   * Parts with every byte, empty ones, some that begin with others, and some of the greatest
   * length.
   */
  static List<RowKey> all(StoreLimits limits) {
    List<Bytes> parts = new ArrayList<>();
    parts.add(Bytes.EMPTY);
    for (int value = 0; value < 256; value++) {
      parts.add(Bytes.of(value));
    }
    parts.addAll(List.of(Bytes.of(0, 0), Bytes.of(0, 1), Bytes.of(0, 255), Bytes.of(1, 0)));
    parts.addAll(List.of(Bytes.of(255, 0), Bytes.of(255, 255), Bytes.of('a', 'b')));
    int greatest = Math.min(limits.partitionBytes(), limits.sortBytes());
    parts.add(filled(greatest, 0));
    parts.add(filled(greatest, 255));
    parts.add(filled(greatest - 1, 255));
    List<RowKey> keys = new ArrayList<>();
    for (Bytes part : parts) {
      keys.add(new RowKey(StoreClient.SPACE, part, Bytes.of('s')));
      keys.add(new RowKey(StoreClient.SPACE, Bytes.of('p'), part));
      keys.add(new RowKey(StoreClient.SPACE, part, Bytes.EMPTY));
    }
    return keys.stream().distinct().toList();
  }

  /** Returns partitions that a store keeps close to each other: all in one of 65,536 slices. */
  static List<Bytes> neighbours(ScanOrder order) {
    int slice = slice(order, StoreClient.bytes("neighbour"));
    List<Bytes> partitions = new ArrayList<>();
    for (long i = 0; partitions.size() < 5; i++) {
      Bytes partition = StoreClient.bytes("n" + i);
      if (slice(order, partition) == slice) {
        partitions.add(partition);
      }
    }
    return partitions;
  }

  private static int slice(ScanOrder order, Bytes partition) {
    return order.sliceOf(new RowKey(StoreClient.SPACE, partition, Bytes.EMPTY), 1 << 16);
  }

  private static Bytes filled(int length, int value) {
    byte[] array = new byte[length];
    Arrays.fill(array, (byte) value);
    return Bytes.wrap(array);
  }
}
