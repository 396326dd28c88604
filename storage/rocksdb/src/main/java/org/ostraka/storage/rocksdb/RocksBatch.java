package org.ostraka.storage.rocksdb;

import org.ostraka.storage.volume.Batch;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A volume's batch as RocksDB's. Stateless. */
final class RocksBatch {
  /** Bytes that RocksDB adds to a batch and to each of its changes, roughly. */
  private static final int OVERHEAD_BYTES = 16;

  private RocksBatch() {}

  static WriteBatch of(Batch batch) throws RocksDBException {
    long size = batch.sizeBytes() + (batch.changes().size() + 1L) * OVERHEAD_BYTES;
    WriteBatch writes = new WriteBatch((int) Math.min(Integer.MAX_VALUE, size));
    try {
      for (Batch.Change change : batch.changes()) {
        add(writes, change);
      }
      return writes;
    } catch (RocksDBException refused) {
      writes.close();
      throw refused;
    }
  }

  private static void add(WriteBatch writes, Batch.Change change) throws RocksDBException {
    switch (change) {
      case Batch.Change.Put(byte[] key, byte[] value) -> writes.put(key, value);
      case Batch.Change.Delete(byte[] key) -> writes.delete(key);
      case Batch.Change.DeleteRange(byte[] from, byte[] to) -> writes.deleteRange(from, to);
    }
  }
}
