package org.ostraka.storage.rocksdb;

import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/** RocksDB's options as Ostraka uses them, with the native memory that they hold. One thread. */
final class RocksOptions implements AutoCloseable {
  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final long INFO_LOG_BYTES = 4L << 20;
  private static final int INFO_LOG_FILES = 4;

  private final Options options;
  private final BloomFilter filter;
  private final Cache cache;
  private final SilentLog silence;

  private RocksOptions(Options options, BloomFilter filter, Cache cache, SilentLog silence) {
    this.options = options;
    this.filter = filter;
    this.cache = cache;
    this.silence = silence;
  }

  /**
   * Options for settings.
   *
   * @param trackingLogs whether to refuse data that has logs missing that RocksDB's MANIFEST tracks
   */
  static RocksOptions of(RocksSettings settings, boolean trackingLogs) {
    RocksDB.loadLibrary();
    BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    Cache cache = new LRUCache(settings.blockCacheBytes());
    Options options =
        logs(trackingLogs)
            .setCreateIfMissing(true)
            .setWriteBufferSize(settings.memtableBytes())
            .setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    return new RocksOptions(keepPromises(options), filter, cache, new SilentLog());
  }

  Options options() {
    return options;
  }

  /** Options for looking: even RocksDB's own log is a file that would be written. */
  Options readOnly() {
    return options.setCreateIfMissing(false).setLogger(silence);
  }

  @Override
  public void close() {
    options.close();
    filter.close();
    cache.close();
    silence.close();
  }

  /**
   * RocksDB's MANIFEST notes how far each log was synced before the next one began: then one that
   * is missing or too short is refused. Java has no setter for it.
   */
  private static Options logs(boolean tracked) {
    Properties properties = new Properties();
    properties.setProperty("track_and_verify_wals_in_manifest", String.valueOf(tracked));
    try (DBOptions tracking = DBOptions.getDBOptionsFromProps(properties);
        ColumnFamilyOptions none = new ColumnFamilyOptions()) {
      return new Options(Objects.requireNonNull(tracking), none);
    }
  }

  private static Options keepPromises(Options options) {
    options
        .setParanoidChecks(true)
        // A crash may cut off the last, unsynced record; damage before the end means lost writes
        // and must be seen.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        // Everything acknowledged is in the synced log: a clean stop need not wait for a flush.
        .setAvoidFlushDuringShutdown(true)
        // A full disk ends some day: go on looking for room until it does.
        .setMaxBgErrorResumeCount(Integer.MAX_VALUE)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(INFO_LOG_FILES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
    return options;
  }

  /** Says nothing. Any thread. */
  private static final class SilentLog extends Logger {
    SilentLog() {
      super(InfoLogLevel.HEADER_LEVEL);
    }

    @Override
    protected void log(InfoLogLevel level, String message) {}
  }
}
