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
}
