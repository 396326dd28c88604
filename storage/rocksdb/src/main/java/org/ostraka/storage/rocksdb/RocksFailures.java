package org.ostraka.storage.rocksdb;

import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** RocksDB's failures in the words of the storage contract. Stateless. */
final class RocksFailures {
  private RocksFailures() {}

  static StorageException read(RocksDBException failure) {
    Status status = failure.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return new CorruptDataException("stored rows are damaged: " + failure.getMessage(), failure);
    }
    return new StorageFailedException("rows cannot be read", failure);
  }
}
