package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Arrays;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Space;

/**
 * A log that takes the changes of a part of a table's items, in the order in which they happened.
 * Immutable.
 *
 * @param space the space of its records; never used for another shard
 * @param first the lowest hash of a partition key whose changes it takes, 0 to {@link #HASHES}
 * @param opened when it began to take changes
 */
public record LogShard(Space space, long first, Instant opened) {
  /** The number of different hashes. */
  public static final long HASHES = 1L << Integer.SIZE;

  /** Multiplies the polynomial hash of bytes, whose upper bits short keys do not reach. */
  private static final int SPREAD = 0x9E3779B9;

  public LogShard {
    if (first < 0 || first >= HASHES) {
      throw new IllegalArgumentException("a shard begins at a hash");
    }
  }

  public LogId id() {
    return new LogId(space);
  }

  /** Returns the hash of a partition key. Part of the format on disk. */
  static long hash(Bytes partition) {
    int hash = Arrays.hashCode(partition.array()) * SPREAD;
    return Integer.toUnsignedLong(hash ^ (hash >>> 16));
  }
}
