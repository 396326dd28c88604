package org.ostraka.storage.rocksdb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Opens RocksDB, and waits no longer than its logs can take: a native call cannot be ended, but it
 * can be left alone, on a thread that does not keep the process. Stateless.
 */
final class BoundedOpening {
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** A slow disk reads, and writes into table files, this many bytes of a log in a second. */
  private static final long LOG_BYTES_PER_SECOND = 1 << 20;

  private BoundedOpening() {}

  static Duration limit(long logBytes) {
    return LEAST.plusSeconds(logBytes / LOG_BYTES_PER_SECOND);
  }

  /** A way to open RocksDB. */
  @FunctionalInterface
  interface Opening {
    RocksDB open(RocksOptions options) throws RocksDBException;
  }

  /**
   * Opens RocksDB.
   *
   * @param daemons makes a thread that ends with the process
   * @throws DataDirectoryException when it takes too long
   */
  static OpenRocks open(
      Opening opening,
      Supplier<RocksOptions> choice,
      Duration limit,
      ThreadFactory daemons,
      DataDirectory directory)
      throws RocksDBException, DataDirectoryException {
    FutureTask<OpenRocks> task = new FutureTask<>(() -> open(opening, choice));
    daemons.newThread(task).start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new DataDirectoryException(
          "the data in "
              + directory.path()
              + " was not opened within "
              + limit.toSeconds()
              + " seconds");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new DataDirectoryException("the opening of " + directory.path() + " was interrupted");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RocksDBException refused) {
        throw refused;
      }
      throw new IllegalStateException("RocksDB broke while it opened", failure.getCause());
    }
  }

  /** Options belong to the thread that opens: RocksDB may use them after nobody waits any more. */
  private static OpenRocks open(Opening opening, Supplier<RocksOptions> choice)
      throws RocksDBException {
    RocksOptions options = choice.get();
    boolean opened = false;
    try {
      RocksDB database = opening.open(options);
      opened = true;
      return new OpenRocks(options, database, Optional.empty(), Optional.empty());
    } finally {
      if (!opened) {
        options.close();
      }
    }
  }
}
