package org.ostraka.testkit.store;

import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.storage.volume.VolumeStore;

/** The store on a volume in memory, with a power switch. Threads as in {@link StoreFixture}. */
public final class MemoryStoreFixture implements StoreFixture {
  private final RandomGenerator luck;
  private final long cacheBytes;
  private Power power = new Power();
  private MemoryVolume volume = new MemoryVolume(power);
  private volatile Store store;

  /** Makes a store without a cache of rows; see the other constructor. */
  public MemoryStoreFixture(RandomGenerator luck) {
    this(luck, 0);
  }

  /**
   * Makes a store.
   *
   * @param luck decides whether a batch that was written but not synced survives a crash
   * @param cacheBytes the most bytes that the cache of rows may take
   */
  public MemoryStoreFixture(RandomGenerator luck, long cacheBytes) {
    this.luck = luck;
    this.cacheBytes = cacheBytes;
    this.store = open(volume);
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Set<Offer> offers() {
    return Set.of(Offer.CRASHES);
  }

  @Override
  public void crash() {
    power.cut();
    store.close();
    power = new Power();
    // Nothing is written after a failed sync, so at most one batch is unsynced.
    volume = volume.afterCrash(luck.nextInt(2), power);
    store = open(volume);
  }

  @Override
  public void reopen() {
    store.close();
    store = open(volume);
  }

  @Override
  public void close() {
    store.close();
  }

  private Store open(MemoryVolume opened) {
    return new VolumeStore(
        opened,
        new HybridClock(InstantSource.system()),
        Thread.ofPlatform().name("committer").factory(),
        _ -> {},
        cacheBytes);
  }

  /** The power: every step happens while it is on, and none after it is cut. */
  private static final class Power implements MemoryVolume.Steps {
    private volatile boolean on = true;

    void cut() {
      on = false;
    }

    @Override
    public void before(MemoryVolume.Step step) throws VolumeFullException {
      if (!on) {
        throw new StorageFailedException("the power is off");
      }
    }
  }
}
