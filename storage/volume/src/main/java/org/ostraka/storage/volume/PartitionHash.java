package org.ostraka.storage.volume;

import org.ostraka.model.Bytes;

/**
 * The hash that orders partitions and spreads them evenly over slices: 64-bit FNV-1a, finished with
 * the mixing steps of MurmurHash3 so that every input bit reaches every output bit. Part of the
 * format on disk. Stateless.
 */
final class PartitionHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private PartitionHash() {}

  /** The partition's hash, to be compared as an unsigned number. */
  static long of(Bytes partition) {
    long hash = OFFSET_BASIS;
    for (byte b : partition.array()) {
      hash = (hash ^ (b & 0xFF)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
