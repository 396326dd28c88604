package org.ostraka.benchmarks.limits;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Rows in RocksDB, with the default options of the server's store. One thread at a time writes. */
final class RocksRows implements AutoCloseable {
  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final long BLOCK_CACHE_BYTES = 128L << 20;
  private static final long MEMTABLE_BYTES = 64L << 20;
  private static final long INFO_LOG_BYTES = 4L << 20;
  private static final int INFO_LOG_FILES = 4;
  private static final int OVERHEAD_BYTES = 16;

  private final BloomFilter filter;
  private final LRUCache cache;
  private final Options options;
  private final WriteOptions synced;
  private final RocksDB database;

  /** A row to write. */
  record Row(byte[] key, byte[] value) {
    int sizeBytes() {
      return key.length + value.length + OVERHEAD_BYTES;
    }
  }

  private RocksRows(Path directory) throws RocksDBException {
    filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    cache = new LRUCache(BLOCK_CACHE_BYTES);
    options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(MEMTABLE_BYTES)
            .setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter))
            .setParanoidChecks(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setAvoidFlushDuringShutdown(true)
            .setMaxBgErrorResumeCount(Integer.MAX_VALUE)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setMaxLogFileSize(INFO_LOG_BYTES)
            .setKeepLogFileNum(INFO_LOG_FILES)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);
    synced = new WriteOptions().setSync(true);
    database = RocksDB.open(options, directory.toString());
  }

  static RocksRows open(Path directory) {
    RocksDB.loadLibrary();
    try {
      return new RocksRows(directory);
    } catch (RocksDBException failure) {
      throw new IllegalStateException("no RocksDB in " + directory, failure);
    }
  }

  /** Writes all rows with one sync. */
  void write(List<Row> rows) {
    int size = rows.stream().mapToInt(Row::sizeBytes).sum() + OVERHEAD_BYTES;
    try (WriteBatch batch = new WriteBatch(size)) {
      for (Row row : rows) {
        batch.put(row.key(), row.value());
      }
      database.write(synced, batch);
    } catch (RocksDBException failure) {
      throw new IllegalStateException("RocksDB did not write", failure);
    }
  }

  @Override
  public void close() {
    database.close();
    synced.close();
    options.close();
    cache.close();
    filter.close();
  }
}
