package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.TimeUnit;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.VolumeFullException;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free space of the disk that is kept for RocksDB's own work and for what makes room. The
 * committer's thread.
 */
final class Reserve {
  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

  /**
   * How long what makes room waits for RocksDB to take writes again. RocksDB looks for room every
   * five seconds, and may have looked last just before there was some.
   */
  private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(25);

  /** What is kept for the drop of a space when there is no room for anything else. */
  private static final long KEPT_FOR_DROPS_BYTES = 128 << 10;

  /** The disk gets full when less than so many reserves are free. */
  private static final int LOW_RESERVES = 3;

  private final RocksDB database;
  private final FileStore disk;
  private final long bytes;
  private final RoomMaker roomMaker;
  private boolean preparedForFullDisk;

  /** Whether a wait for room ended without any, so that the next one is of no use. */
  private boolean waitedInVain;

  /** Whether RocksDB was waited for and did not recover, so that another wait is of no use. */
  private boolean unrecovered;

  Reserve(RocksDB database, FileStore disk, long bytes, RoomMaker roomMaker) {
    this.database = database;
    this.disk = disk;
    this.bytes = bytes;
    this.roomMaker = roomMaker;
  }

  /**
   * Refuses a batch that the disk has no room for. What makes room waits for a while for what was
   * deleted before to give its room back.
   */
  void requireRoomFor(Batch batch) throws VolumeFullException {
    long kept = keptFrom(batch);
    long needed = kept + batch.sizeBytes();
    long usable = usable();
    if (usable < LOW_RESERVES * bytes && !preparedForFullDisk) {
      prepareForFullDisk();
    }
    if (usable < needed && batch.makesRoom() && !waitedInVain) {
      roomMaker.awaitRoom(needed);
      usable = usable();
      waitedInVain = usable < needed;
    }
    if (usable < needed) {
      throw new VolumeFullException(
          "the disk is full: " + usable + " bytes are free, " + kept + " are kept free");
    }
    if (batch.makesRoom()) {
      waitedInVain = false;
    }
  }

  /** Returns how long a batch may wait for RocksDB to recover: none but what makes room waits. */
  long patienceNanos(Batch batch) {
    return batch.makesRoom() && !unrecovered ? RECOVERY_NANOS : 0;
  }

  /** Waits a moment, and returns how much is left of the patience; none when it is of no use. */
  long awaitRecovery(long patienceNanos) {
    long left = patienceNanos > 0 ? roomMaker.pause(patienceNanos) : 0;
    unrecovered = unrecovered || (patienceNanos > 0 && left <= 0);
    return left;
  }

  /** Takes note that RocksDB takes writes. */
  void written() {
    unrecovered = false;
  }

  /** What makes room may use what others may not: a part of the reserve, or all of it. */
  private long keptFrom(Batch batch) {
    if (batch.drops()) {
      return 0;
    }
    if (batch.isOfFirstSpace()) {
      return Math.min(bytes / 2, KEPT_FOR_DROPS_BYTES);
    }
    return batch.makesRoom() ? bytes / 4 : bytes;
  }

  private void prepareForFullDisk() {
    preparedForFullDisk = true;
    try {
      database.setOptions(RocksOptions.ofFullDisk());
    } catch (RocksDBException failure) {
      LOG.warn("compactions may need more room than there is: {}", failure.getMessage());
    }
  }

  private long usable() {
    try {
      return disk.getUsableSpace();
    } catch (IOException failure) {
      throw new StorageFailedException("the disk does not tell how much room it has", failure);
    }
  }
}
