package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Wanted;

/**
 * A volume in memory, whose writes are durable against {@link #afterCrash a simulated crash} once
 * they are synced. Any thread may read; one thread at a time commits.
 */
public final class MemoryVolume implements Volume {

  /** What the volume is about to do. */
  public enum Step {
    READ,
    WRITE,
    SYNC
  }

  /**
   * Called before each step; throwing makes the step fail. Called on whichever thread does the
   * step.
   */
  @FunctionalInterface
  public interface Steps {
    /** No step fails. */
    Steps SOUND = _ -> {};

    /**
     * Lets the step happen, or throws.
     *
     * @throws VolumeFullException before a write only: once written, a batch may survive
     */
    void before(Step step) throws VolumeFullException;
  }

  private final ConcurrentNavigableMap<byte[], byte[]> synced;
  private final List<Batch> unsynced = new ArrayList<>();
  private final Steps steps;

  /** Held to write while a batch appears, so that nobody sees a part of one. */
  private final StampedLock appearing = new StampedLock();

  public MemoryVolume(Steps steps) {
    this(steps, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
  }

  private MemoryVolume(Steps steps, ConcurrentNavigableMap<byte[], byte[]> synced) {
    this.steps = steps;
    this.synced = synced;
  }

  /** Returns whether every step happens, and nobody is told of it. */
  public boolean isSound() {
    return steps.equals(Steps.SOUND);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    beforeRead();
    long stamp = appearing.tryOptimisticRead();
    byte @Nullable [] value = synced.get(key);
    return appearing.validate(stamp) ? value : whole(() -> synced.get(key));
  }

  @Override
  public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return new MemoryCursor(Map.<byte[], byte[]>of().entrySet().iterator());
    }
    NavigableMap<byte[], byte[]> range = synced.subMap(from, true, to, false);
    return new MemoryCursor(
        whole(() ->
            switch (direction) {
              case FORWARD -> range.entrySet().iterator();
              case BACKWARD -> range.descendingMap().entrySet().iterator();
            }));
  }

  @Override
  public void commit(Batch batch) throws VolumeFullException {
    steps.before(Step.WRITE);
    synchronized (unsynced) {
      unsynced.add(batch);
    }
    steps.before(Step.SYNC);
    long stamp = appearing.writeLock();
    try {
      synchronized (unsynced) {
        unsynced.forEach(this::apply);
        unsynced.clear();
      }
    } finally {
      appearing.unlockWrite(stamp);
    }
  }

  /** Nothing to let go of: a memory volume lives as long as it is referred to. */
  @Override
  public void close() {}

  /**
   * What a machine would find after losing power now.
   *
   * @param kept how many of the batches that were written but not synced reached the disk all the
   *     same, from the oldest
   */
  public MemoryVolume afterCrash(int kept, Steps steps) {
    return whole(() -> {
      MemoryVolume survivor = new MemoryVolume(steps, new ConcurrentSkipListMap<>(synced));
      synchronized (unsynced) {
        unsynced.stream().limit(kept).forEach(survivor::apply);
      }
      return survivor;
    });
  }

  /** Reads while no batch is appearing. */
  private <T extends @Nullable Object> T whole(Supplier<T> reading) {
    long stamp = appearing.readLock();
    try {
      return reading.get();
    } finally {
      appearing.unlockRead(stamp);
    }
  }

  private void apply(Batch batch) {
    for (Batch.Change change : batch.changes()) {
      switch (change) {
        case Batch.Change.Put(byte[] key, byte[] value) -> synced.put(key, value);
        case Batch.Change.Delete(byte[] key) -> synced.remove(key);
        case Batch.Change.DeleteRange(byte[] from, byte[] to) -> synced.subMap(from, to).clear();
      }
    }
  }

  private void beforeRead() {
    try {
      steps.before(Step.READ);
    } catch (VolumeFullException impossible) {
      throw new IllegalArgumentException("a read needs no room", impossible);
    }
  }

  /** Entries as the map's iterator shows them. */
  private final class MemoryCursor implements VolumeCursor {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;

    MemoryCursor(Iterator<Map.Entry<byte[], byte[]>> entries) {
      this.entries = entries;
    }

    @Override
    public Optional<Entry> next() {
      beforeRead();
      return whole(this::advance);
    }

    @Override
    public void close() {}

    private Optional<Entry> advance() {
      if (!entries.hasNext()) {
        return Optional.empty();
      }
      Map.Entry<byte[], byte[]> entry = entries.next();
      return Optional.of(new Entry(entry.getKey(), entry.getValue()));
    }
  }
}
