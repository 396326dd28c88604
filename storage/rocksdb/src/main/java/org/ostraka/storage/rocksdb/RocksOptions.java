package org.ostraka.storage.rocksdb;

import java.util.List;
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
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/** RocksDB's options as Ostraka uses them, with the native memory that they hold. One thread. */
final class RocksOptions implements AutoCloseable {
  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final long MAX_FIRST_LEVEL_BYTES = 256L << 20;
  private static final long MAX_TABLE_FILE_BYTES = 64L << 20;

  /** A table file with so many deletions among so many neighbours is compacted soon. */
  private static final long DELETIONS_WINDOW = 1_000;

  private static final long DELETIONS_IN_WINDOW = 500;
  private static final double DELETIONS_RATIO = 0.5;
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
    boundCompactions(options, settings);
    List<TablePropertiesCollectorFactory> deletions =
        List.of(
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                DELETIONS_WINDOW, DELETIONS_IN_WINDOW, DELETIONS_RATIO));
    options.setTablePropertiesCollectorFactory(deletions);
    deletions.forEach(TablePropertiesCollectorFactory::close);
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

  /**
   * Options for a disk that gets full, which RocksDB takes while it is open: the first compaction
   * reads all files that memtables were flushed into, and these are not to be more than the reserve
   * has room for. Writes wait for it meanwhile.
   */
  static MutableColumnFamilyOptions ofFullDisk() {
    return MutableColumnFamilyOptions.builder()
        .setLevel0SlowdownWritesTrigger(RocksSettings.FLUSHED_FILES_OF_FULL_DISK / 2)
        .setLevel0StopWritesTrigger(RocksSettings.FLUSHED_FILES_OF_FULL_DISK)
        .build();
  }

  /** Lets no compaction of deeper levels need more room than the reserve has. */
  private static void boundCompactions(Options options, RocksSettings settings) {
    long bytes = settings.compactionBytes();
    if (bytes == 0) {
      return;
    }
    long level = Math.min(MAX_FIRST_LEVEL_BYTES, bytes / 2);
    options
        .setMaxCompactionBytes(bytes)
        .setMaxBytesForLevelBase(level)
        .setTargetFileSizeBase(Math.min(MAX_TABLE_FILE_BYTES, level / 2));
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
