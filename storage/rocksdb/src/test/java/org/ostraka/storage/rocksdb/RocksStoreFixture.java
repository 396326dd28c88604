package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Direction;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeCursor;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.store.Offer;
import org.ostraka.testkit.store.StoreFixture;

/**
 * The store on RocksDB. A crash copies the directory as it is while the store is open, and goes on
 * with the copy. One thread crashes, reopens and closes; any thread may use the store.
 */
final class RocksStoreFixture implements StoreFixture {
  private static final long CACHE_BYTES = 64 << 10;

  private final Path parent;
  private int crashes;
  private Running running;

  RocksStoreFixture(Path parent) {
    this.parent = parent;
    this.running = start();
  }

  @Override
  public Store store() {
    return running.store();
  }

  @Override
  public void crash() {
    running.volume().cutPower();
    Path before = path();
    crashes++;
    try {
      TestVolumes.copy(before, path());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    running.close();
    running = start();
  }

  @Override
  public void reopen() {
    running.close();
    running = start();
  }

  @Override
  public Set<Offer> offers() {
    return Set.of(Offer.CRASHES);
  }

  @Override
  public void close() {
    running.close();
  }

  private Path path() {
    return parent.resolve("life-" + crashes);
  }

  private Running start() {
    try {
      DataDirectory directory = DataDirectory.open(path());
      ExecutorService scans = Executors.newFixedThreadPool(2);
      PoweredVolume volume =
          new PoweredVolume(
              RocksVolume.open(
                  directory, TestVolumes.SETTINGS, TestVolumes.threads(scans), LostWrites.REFUSE));
      Store store =
          new VolumeStore(
              volume, new HybridClock(InstantSource.system()), Thread::new, _ -> {}, CACHE_BYTES);
      return new Running(directory, scans, volume, store);
    } catch (DataDirectoryException unusable) {
      throw new AssertionError(unusable);
    }
  }

  private record Running(
      DataDirectory directory, ExecutorService scans, PoweredVolume volume, Store store) {
    void close() {
      store.close();
      scans.shutdownNow();
      directory.close();
    }
  }

  /** Acknowledges nothing any more once the power is cut: the copy may not have it. */
  private static final class PoweredVolume implements Volume {
    private final Volume volume;
    private volatile boolean on = true;

    PoweredVolume(Volume volume) {
      this.volume = volume;
    }

    void cutPower() {
      on = false;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return volume.get(key);
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
      return volume.getAll(keys);
    }

    @Override
    public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
      return volume.scan(from, to, direction, wanted);
    }

    @Override
    public void commit(Batch batch) throws VolumeFullException {
      requirePower();
      volume.commit(batch);
      requirePower();
    }

    @Override
    public void close() {
      volume.close();
    }

    private void requirePower() {
      if (!on) {
        throw new StorageFailedException("the power is off");
      }
    }
  }
}
