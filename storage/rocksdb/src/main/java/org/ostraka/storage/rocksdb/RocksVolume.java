package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Measure;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeCursor;
import org.ostraka.storage.volume.VolumeFullException;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume in RocksDB. Any thread may read; one thread at a time commits.
 *
 * <p>Each commit is one {@code WriteBatch} with a synced write-ahead log. RocksDB shows a batch to
 * readers after the log is synced, never before. Scans read ahead on threads of their own, since a
 * native call that waits for the disk holds its carrier thread.
 */
public final class RocksVolume implements Volume {
  private static final Logger LOG = LoggerFactory.getLogger(RocksVolume.class);

  private final OpenRocks open;
  private final RocksDB database;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ExecutorService scanThreads;
  private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();
  private final @Nullable Writing writing;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param writing null where the volume is opened to look at
   */
  private RocksVolume(OpenRocks open, @Nullable Writing writing, ExecutorService scanThreads) {
    this.open = open;
    this.writing = writing;
    this.database = open.database();
    this.scanThreads = scanThreads;
  }

  /** What only a volume that is written to has. */
  private record Writing(DurabilityWitness witness, Reserve reserve, RoomMaker roomMaker) {
    static Writing start(
        OpenRocks open, FileStore disk, RocksSettings settings, VolumeThreads threads) {
      RocksDB database = open.database();
      long reserveBytes = settings.reserveBytes();
      RoomMaker roomMaker = RoomMaker.start(database, disk, reserveBytes, threads.daemons());
      return new Writing(
          open.witness().orElseThrow(),
          new Reserve(database, disk, reserveBytes, roomMaker),
          roomMaker);
    }
  }

  /** Opens the rows of a data directory, and recovers what the log has. */
  public static RocksVolume open(
      DataDirectory directory, RocksSettings settings, VolumeThreads threads, LostWrites loss)
      throws DataDirectoryException {
    DirectoryConversion.begin(directory);
    FileStore disk = disk(directory);
    RocksSettings fitting = fitting(settings, disk, directory);
    OpenRocks open = new RocksOpening(directory, fitting, threads).open(loss);
    RocksVolume volume =
        new RocksVolume(open, Writing.start(open, disk, fitting, threads), threads.scans());
    boolean converted = false;
    try {
      DirectoryConversion.run(directory, volume);
      converted = true;
      return volume;
    } finally {
      if (!converted) {
        volume.close();
      }
    }
  }

  /** Opens the rows to look at; nothing on disk changes, and commits are refused. */
  public static RocksVolume openReadOnly(
      DataDirectory directory, RocksSettings settings, VolumeThreads threads)
      throws DataDirectoryException {
    if (!Files.isDirectory(directory.rocksdb())) {
      throw new DataDirectoryException(directory.path() + " holds no rows yet");
    }
    OpenRocks open = new RocksOpening(directory, settings, threads).openReadOnly();
    return new RocksVolume(open, null, threads.scans());
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    try {
      return database.get(key);
    } catch (RocksDBException failure) {
      throw RocksFailures.read(failure);
    }
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>();
    if (keys.isEmpty()) {
      // RocksDB asserts that there is a key.
      return values;
    }
    try {
      values.addAll(database.multiGetAsList(keys));
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) == null) {
          // Absent, or not to be read: only a single get tells.
          values.set(i, database.get(keys.get(i)));
        }
      }
    } catch (RocksDBException failure) {
      throw RocksFailures.read(failure);
    }
    return values;
  }

  @Override
  public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
    RocksCursor cursor =
        new RocksCursor(database, from, to, direction, wanted, scanThreads, cursors::remove);
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public void commit(Batch batch) throws VolumeFullException {
    if (writing == null) {
      throw new StorageFailedException("the volume was opened to look at, not to write to");
    }
    writing.reserve().requireRoomFor(batch);
    writeWithPatience(batch, writing.reserve());
    writing.witness().committed();
    if (batch.drops()) {
      writing.roomMaker().removeFiles(batch);
      writeAgain(batch);
      writing.witness().committed();
    }
    writing.roomMaker().committed(batch);
  }

  /**
   * Writes a batch. When RocksDB itself ran out of room, it refuses all writes until it has looked
   * for room again, some seconds later; what makes room waits for that.
   */
  private void writeWithPatience(Batch batch, Reserve reserve) throws VolumeFullException {
    long left = reserve.patienceNanos(batch);
    while (true) {
      try {
        write(batch);
        reserve.written();
        return;
      } catch (VolumeFullException full) {
        left = reserve.awaitRecovery(left);
        if (left <= 0) {
          throw full;
        }
      }
    }
  }

  private void write(Batch batch) throws VolumeFullException {
    try (WriteBatch writes = RocksBatch.of(batch)) {
      database.write(synced, writes);
    } catch (RocksDBException failure) {
      throw failedCommit(failure);
    }
  }

  /**
   * Writes a drop once more, after files of its range were removed: a compaction may have carried
   * its own entry into one of them, which still has to hide rows of files that lie partly in it.
   */
  private void writeAgain(Batch batch) {
    try {
      write(batch);
    } catch (VolumeFullException full) {
      LOG.warn(
          "rows that were dropped may lie on the disk until it has room: {}", full.getMessage());
    }
  }

  @Override
  public List<Measure> measures() {
    return RocksMeasures.of(database);
  }

  /** Reads every table file and compares its checksums. */
  public void verifyChecksums() {
    try {
      database.verifyChecksum();
    } catch (RocksDBException failure) {
      throw RocksFailures.read(failure);
    }
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    cursors.forEach(RocksCursor::close);
    if (writing != null) {
      writing.roomMaker().close();
    }
    open.close();
    synced.close();
  }

  private static FileStore disk(DataDirectory directory) throws DataDirectoryException {
    try {
      return Files.getFileStore(directory.path());
    } catch (IOException failure) {
      throw untold(directory, failure);
    }
  }

  private static RocksSettings fitting(
      RocksSettings settings, FileStore disk, DataDirectory directory)
      throws DataDirectoryException {
    try {
      return settings.fitting(disk.getTotalSpace());
    } catch (IOException failure) {
      throw untold(directory, failure);
    }
  }

  private static DataDirectoryException untold(DataDirectory directory, IOException failure) {
    return new DataDirectoryException(
        "the disk of " + directory.path() + " does not tell its size: " + failure.getMessage(),
        failure);
  }

  /**
   * A log record that did not fit is cut off at its end, and dropped by recovery; anything else
   * leaves doubt.
   */
  private static VolumeFullException failedCommit(RocksDBException failure) {
    Status status = failure.getStatus();
    boolean noSpace = status != null && status.getSubCode() == Status.SubCode.NoSpace;
    if (noSpace && !String.valueOf(failure.getMessage()).contains("sync")) {
      return new VolumeFullException("the disk is full: the log could not grow", failure);
    }
    throw new OutcomeUnknownException(
        "a write to the log failed: " + failure.getMessage(), failure);
  }
}
