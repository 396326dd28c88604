package org.ostraka.storage;

import org.ostraka.model.Bytes;

/**
 * Where a row stands: its space, its partition, and its place within the partition. Immutable.
 *
 * <p>Rows of one partition are ordered by their sort bytes, unsigned; partitions by {@link
 * PartitionHash}, and among equal hashes by the length and then the bytes of the partition.
 *
 * @param partition 0 to {@link #MAX_PART_BYTES} bytes
 * @param sort 0 to {@link #MAX_PART_BYTES} bytes
 */
public record RowKey(Space space, Bytes partition, Bytes sort) {
  /**
   * Bytes of a partition or of a sort part, at most: what the two length bytes of a stored key can
   * say.
   */
  public static final int MAX_PART_BYTES = 0xFFFF;

  public RowKey {
    if (partition.sizeBytes() > MAX_PART_BYTES || sort.sizeBytes() > MAX_PART_BYTES) {
      throw new IllegalArgumentException("a part of a row key has at most 65535 bytes");
    }
  }

  /** Compares two keys of a space by the order in which a scan shows their rows. */
  public static int compareInScan(RowKey one, RowKey other) {
    int byHash =
        Long.compareUnsigned(PartitionHash.of(one.partition), PartitionHash.of(other.partition));
    if (byHash != 0) {
      return byHash;
    }
    int byLength = Integer.compare(one.partition.sizeBytes(), other.partition.sizeBytes());
    if (byLength != 0) {
      return byLength;
    }
    int byPartition = one.partition.compareTo(other.partition);
    return byPartition != 0 ? byPartition : one.sort.compareTo(other.sort);
  }
}
