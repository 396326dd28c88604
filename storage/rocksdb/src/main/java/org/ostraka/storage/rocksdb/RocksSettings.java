package org.ostraka.storage.rocksdb;

/**
 * What an operator may choose about RocksDB. Immutable.
 *
 * @param blockCacheBytes memory for blocks of table files
 * @param memtableBytes memory for rows that are in the log but in no table file yet; two of these
 *     at most
 * @param reserveBytes free space on the disk below which writes are refused, so that what is there
 *     can still be flushed and compacted; 0 for a disk that may be filled
 */
public record RocksSettings(long blockCacheBytes, long memtableBytes, long reserveBytes) {
  /** Fits a process of 1 GiB. */
  public static final RocksSettings DEFAULT = new RocksSettings(128L << 20, 64L << 20, 1L << 30);

  /** The part of a disk that is kept free, at most. */
  private static final int DISK_PER_RESERVE = 8;

  /** Files that memtables were flushed into, on a disk that gets full. */
  static final int FLUSHED_FILES_OF_FULL_DISK = 8;

  /** Memtables that have room in the reserve. */
  private static final int MEMTABLES_PER_RESERVE = 2 * FLUSHED_FILES_OF_FULL_DISK;

  /** What one compaction may read, and so what it may write before it gives anything back. */
  private static final int COMPACTIONS_PER_RESERVE = 2;

  /** The same settings with another block cache. */
  public RocksSettings withBlockCache(long bytes) {
    return new RocksSettings(bytes, memtableBytes, reserveBytes);
  }

  /**
   * The same settings for a disk of this size: a small one has a smaller reserve, and memtables
   * that fit into it.
   */
  RocksSettings fitting(long diskBytes) {
    long reserve = Math.min(reserveBytes, diskBytes / DISK_PER_RESERVE);
    long memtable =
        reserveBytes == 0
            ? memtableBytes
            : Math.min(memtableBytes, reserve / MEMTABLES_PER_RESERVE);
    return new RocksSettings(blockCacheBytes, memtable, reserve);
  }

  /** Bytes that one compaction may read; 0 for as many as RocksDB likes. */
  long compactionBytes() {
    return reserveBytes / COMPACTIONS_PER_RESERVE;
  }
}
