package org.ostraka.storage;

import java.math.BigInteger;
import org.ostraka.model.Bytes;

/**
 * The hash by which stores spread partitions evenly over slices: 64-bit FNV-1a, finished with the
 * mixing steps of MurmurHash3 so that every input bit reaches every output bit. A {@link Slice} is
 * a range of hashes. Part of the format of stored rows. Stateless.
 */
public final class PartitionHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final BigInteger HASHES = BigInteger.TWO.pow(Long.SIZE);

  private PartitionHash() {}

  /** Returns the partition's hash, to be compared as an unsigned number. */
  public static long of(Bytes partition) {
    long hash = OFFSET_BASIS;
    for (byte b : partition.array()) {
      hash = (hash ^ (b & 0xFF)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** Returns the index of the slice that has a hash, of a number of slices. */
  public static int sliceOf(long hash, int total) {
    return (int) Math.unsignedMultiplyHigh(hash, total);
  }

  /** Returns the least hash of a slice, unsigned. */
  public static long first(Slice slice) {
    return start(slice.index(), slice.total());
  }

  /** Returns the greatest hash of a slice, unsigned. */
  public static long last(Slice slice) {
    return start(slice.index() + 1, slice.total()) - 1;
  }

  /**
   * Returns the least hash of which the product with the total reaches the index times 2^64; for
   * the index after the last slice that is 2^64, which is 0 again.
   */
  private static long start(int index, int total) {
    if (total == 1) {
      return 0;
    }
    BigInteger[] parts =
        HASHES.multiply(BigInteger.valueOf(index)).divideAndRemainder(BigInteger.valueOf(total));
    return parts[0].longValue() + parts[1].signum();
  }
}
