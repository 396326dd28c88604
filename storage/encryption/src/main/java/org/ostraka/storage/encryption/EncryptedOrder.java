package org.ostraka.storage.encryption;

import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;

/** The order in which the store below has the encrypted partitions. Any thread. */
record EncryptedOrder(ScanOrder order, KeyRing keys) implements ScanOrder {
  @Override
  public int compare(RowKey left, RowKey right) {
    return order.compare(place(left), place(right));
  }

  @Override
  public int sliceOf(RowKey key, int total) {
    return order.sliceOf(place(key), total);
  }

  private RowKey place(RowKey key) {
    return keys.require(key.space()).place(key);
  }
}
