package org.ostraka.engine.check;

import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;

/**
 * The difference between the rows found and the rows expected: in number, and in the sum of their
 * hashes. One thread.
 */
final class RowBalance {
  private long rows;
  private long hashes;

  /** Adds a row that was found. */
  void found(RowKey key, Bytes value) {
    rows++;
    hashes += hash(key, value);
  }

  /** Adds a row that was expected. */
  void expected(RowKey key, Bytes value) {
    rows--;
    hashes -= hash(key, value);
  }

  /** Returns whether the rows found are those expected. */
  boolean isEven() {
    return rows == 0 && hashes == 0;
  }

  /** Returns the number of rows too many, negative when there are too few. */
  long rowsTooMany() {
    return rows;
  }

  private static long hash(RowKey key, Bytes value) {
    long hash = hash(key.partition());
    hash = 31 * hash + hash(key.sort());
    return 31 * hash + hash(value);
  }

  /** Returns the FNV-1a hash of 64 bits. */
  private static long hash(Bytes bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : bytes.array()) {
      hash = (hash ^ (each & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }
}
