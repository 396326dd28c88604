package org.ostraka.engine.check;

import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;

/**
 * Rows that are there and should not be, less those that should be and are not: their number, and
 * the sum of their hashes. One thread.
 */
final class RowBalance {
  private long rows;
  private long hashes;

  /** A row that is there. */
  void found(RowKey key, Bytes value) {
    rows++;
    hashes += hash(key, value);
  }

  /** A row that should be there. */
  void expected(RowKey key, Bytes value) {
    rows--;
    hashes -= hash(key, value);
  }

  /** Whether just what should be there is there. */
  boolean isEven() {
    return rows == 0 && hashes == 0;
  }

  /** How many rows there are too many, or too few. */
  long rowsTooMany() {
    return rows;
  }

  private static long hash(RowKey key, Bytes value) {
    long hash = hash(key.partition());
    hash = 31 * hash + hash(key.sort());
    return 31 * hash + hash(value);
  }

  /** FNV-1a of 64 bits. */
  private static long hash(Bytes bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : bytes.array()) {
      hash = (hash ^ (each & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }
}
