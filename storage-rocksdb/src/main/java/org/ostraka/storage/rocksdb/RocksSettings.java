package org.ostraka.storage.rocksdb;

/**
 * What an operator may choose about RocksDB. Immutable.
 *
 * @param blockCacheBytes memory for blocks of table files
 * @param memtableBytes memory for rows that are in the log but in no table file yet; two of these
 *     at most
 * @param reserveBytes free space on the disk below which writes are refused, so that what is there
 *     can still be flushed and compacted; at most a twentieth of the disk is kept free
 */
public record RocksSettings(long blockCacheBytes, long memtableBytes, long reserveBytes) {
  /** Fits a process of 1 GiB. */
  public static final RocksSettings DEFAULT = new RocksSettings(128L << 20, 64L << 20, 256L << 20);
}
