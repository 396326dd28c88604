package org.ostraka.storage.postgresql;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A row's key as the columns of the table have it. Part of the format of stored rows. Immutable.
 *
 * <p>A b-tree entry holds about 2,700 bytes. A partition of up to {@link #SHORT_PARTITION} bytes is
 * its own id; a longer one has its first bytes and its SHA-256, which together are longer than
 * that. Sort bytes beyond the first {@link #HEAD} lie outside the b-tree, which has their SHA-256
 * instead: it tells keys apart, and rows with the same head are sorted when they are read.
 *
 * @param hash of the partition; its signed order is the unsigned order of {@link PartitionHash}
 */
record StoredKey(
    long space, long hash, byte[] partitionId, byte[] head, byte[] tail, byte[] tailId) {
  /** Bytes of a partition that is its own id, at most. */
  static final int SHORT_PARTITION = 255;

  /** First bytes of a longer partition that are part of its id. */
  private static final int PARTITION_START = 224;

  /** Bytes of a sort part that are in the b-tree, at most. */
  static final int HEAD = 2_048;

  private static final byte[] NONE = {};

  static StoredKey of(RowKey key) {
    byte[] sort = key.sort().array();
    byte[] tail = sort.length <= HEAD ? NONE : Arrays.copyOfRange(sort, HEAD, sort.length);
    return new StoredKey(
        key.space().id(),
        hash(key.partition()),
        partitionId(key.partition()),
        head(sort),
        tail,
        tailId(tail));
  }

  /** Returns the first bytes of a sort part, which are in the b-tree. */
  static byte[] head(byte[] sort) {
    return sort.length <= HEAD ? sort : Arrays.copyOf(sort, HEAD);
  }

  /** Returns the bytes of a sort part after its head. */
  static byte[] tail(byte[] sort) {
    return sort.length <= HEAD ? NONE : Arrays.copyOfRange(sort, HEAD, sort.length);
  }

  static long hash(Bytes partition) {
    return signed(PartitionHash.of(partition));
  }

  /** Returns a number whose signed order is the unsigned order of hashes. */
  static long signed(long hash) {
    return hash ^ Long.MIN_VALUE;
  }

  static byte[] partitionId(Bytes partition) {
    byte[] bytes = partition.array();
    if (bytes.length <= SHORT_PARTITION) {
      return bytes;
    }
    byte[] digest = sha256(bytes);
    byte[] id = Arrays.copyOf(bytes, PARTITION_START + digest.length);
    System.arraycopy(digest, 0, id, PARTITION_START, digest.length);
    return id;
  }

  private static byte[] tailId(byte[] tail) {
    return tail.length == 0 ? NONE : sha256(tail);
  }

  /** Returns the partition's bytes where its id does not have all of them. */
  static byte @Nullable [] longPartition(RowKey key) {
    return key.partition().sizeBytes() <= SHORT_PARTITION ? null : key.partition().array();
  }

  /** Returns the key that columns stand for. */
  static RowKey decode(
      long space, byte[] partitionId, byte @Nullable [] longPartition, byte[] head, byte[] tail) {
    byte[] sort = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, sort, head.length, tail.length);
    return new RowKey(
        new Space(space),
        Bytes.wrap(longPartition == null ? partitionId : longPartition),
        Bytes.wrap(sort));
  }

  /**
   * Returns the number by which decisions lock the row. Rows that share one wait for each other
   * without need. It is even: odd numbers are for other locks.
   */
  static long lock(RowKey key) {
    long hash = PartitionHash.of(key.sort());
    hash = (hash ^ PartitionHash.of(key.partition())) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33) ^ key.space().id()) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ (hash >>> 33)) & ~1L;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
