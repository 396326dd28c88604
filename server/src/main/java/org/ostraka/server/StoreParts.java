package org.ostraka.server;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.postgresql.PostgresStore;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.LostWrites;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.FailStop;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeStore;

/**
 * Opens the store where the settings say that the data is. One thread.
 *
 * @param parts gets what has to be closed
 */
record StoreParts(ServerSettings settings, Clock clock, FailStop failStop, Parts parts) {
  /** The cache of rows takes this part of the heap at most: 1/16. */
  private static final int HEAP_PER_ROW_CACHE = 16;

  /** The number of scans that may wait for the disk at the same time. */
  private static final int SCAN_THREADS = 4;

  /**
   * Opens the store.
   *
   * @throws DataDirectoryException when the data directory cannot be used
   * @throws org.ostraka.storage.StorageException when the database cannot be used
   */
  Store open() throws DataDirectoryException {
    // The usual case comes without a class that the switch makes (decision 9).
    if (settings.store() instanceof StoreLocation.InDirectory directory) {
      return overDisk(directory);
    }
    return switch (settings.store()) {
      case StoreLocation.InMemory _ -> over(new MemoryVolume(MemoryVolume.Steps.SOUND), 0);
      case StoreLocation.InDirectory directory -> overDisk(directory);
      case StoreLocation.InPostgres database -> parts.add(inPostgres(database));
    };
  }

  private static PostgresStore inPostgres(StoreLocation.InPostgres database) {
    return database
        .standbys()
        .map(standbys ->
            PostgresStore.open(database.settings(), standbys, System::nanoTime, daemon("standbys")))
        .orElseGet(() -> PostgresStore.open(database.settings()));
  }

  private Store over(Volume volume, long cacheBytes) {
    ThreadFactory committer = Thread.ofPlatform().name("committer").factory();
    return parts.add(
        new VolumeStore(
            volume, new HybridClock(clock), committer, failStop, cacheBytes, System::nanoTime));
  }

  private Store overDisk(StoreLocation.InDirectory location) throws DataDirectoryException {
    return over(onDisk(location), Runtime.getRuntime().maxMemory() / HEAP_PER_ROW_CACHE);
  }

  private Volume onDisk(StoreLocation.InDirectory location) throws DataDirectoryException {
    DataDirectory directory = parts.add(DataDirectory.open(location.path()));
    ExecutorService scans =
        parts.addExecutor(Executors.newFixedThreadPool(SCAN_THREADS, daemon("scan")));
    return RocksVolume.open(
        directory,
        RocksSettings.DEFAULT.withBlockCache(settings.blockCacheBytes()),
        new VolumeThreads(scans, daemon("disk")),
        settings.acceptsLostWrites() ? LostWrites.ACCEPT : LostWrites.REFUSE);
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }
}
