package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.ThreadEnd;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the room of deleted rows back to the disk. The committer's thread tells of commits; a
 * thread of its own compacts.
 *
 * <p>A deletion is an entry more, until compactions have carried it to the entry that it deletes,
 * which happens by itself only when more is written. So deletions are flushed soon, which lets
 * RocksDB compact files that have many; what was dropped, or deleted on a disk that is nearly full,
 * is compacted from here. No compaction needs more room than the reserve has ({@link
 * RocksOptions}).
 */
final class RoomMaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoomMaker.class);

  /** How long deletions may gather before they are flushed. */
  private static final long GATHERING_SECONDS = 20;

  /** The same on a disk that is nearly full. */
  private static final long GATHERING_SECONDS_WHEN_LOW = 5;

  /** Deletions that are worth a flush. */
  private static final long MANY_DELETIONS = 1_000;

  /** The disk is nearly full when less than so many reserves are free. */
  private static final int LOW_RESERVES = 2;

  /** Deletions are worth a compaction when they are such a part of what lies between them. */
  private static final int WORTHWHILE_PART = 16;

  /** Bytes of a key that say what it is and of which space. */
  private static final int SPACE_BYTES = 1 + Long.BYTES;

  /**
   * How long a deletion may wait for the room of others. A flush or compaction that finds the disk
   * full fails, and RocksDB takes the next one only after it has looked for room, which it does
   * every five seconds.
   */
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(25);

  /** How soon room is made again while a deletion waits and there is still too little. */
  private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_AGAIN_MILLISECONDS = 20;

  private final RocksDB database;
  private final FileStore disk;
  private final long reserveBytes;
  private final Thread thread;
  private final CompactRangeOptions compaction =
      new CompactRangeOptions().setExclusiveManualCompaction(false);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Deleted> dropped = new ArrayList<>();

  /** What was deleted and not compacted since, by kind and space. */
  private final Map<ByteBuffer, Deleted> deleted = new HashMap<>();

  private long unflushed;
  private boolean urgent;
  private boolean closed;

  private RoomMaker(RocksDB database, FileStore disk, long reserveBytes, ThreadFactory daemons) {
    this.database = database;
    this.disk = disk;
    this.reserveBytes = reserveBytes;
    this.thread = daemons.newThread(this::run);
  }

  /** Keys from one to another, both included, and how many of those between were deleted. */
  private record Deleted(byte[] from, byte[] to, long count) {
    Deleted with(Deleted other) {
      return new Deleted(
          Arrays.compareUnsigned(other.from, from) < 0 ? other.from : from,
          Arrays.compareUnsigned(other.to, to) > 0 ? other.to : to,
          count + other.count);
    }
  }

  static RoomMaker start(
      RocksDB database, FileStore disk, long reserveBytes, ThreadFactory daemons) {
    RoomMaker maker = new RoomMaker(database, disk, reserveBytes, daemons);
    maker.thread.start();
    return maker;
  }

  /** Takes note of a batch that was committed. The committer's thread. */
  void committed(Batch batch) {
    if (!batch.removes()) {
      return;
    }
    lock.lock();
    try {
      boolean hadWork = hasWork();
      for (Batch.Change change : batch.changes()) {
        switch (change) {
          case Batch.Change.Put _ -> {}
          case Batch.Change.Delete(byte[] key) -> {
            deleted.merge(spaceOf(key), new Deleted(key, key, 1), Deleted::with);
            unflushed++;
          }
          case Batch.Change.DeleteRange(byte[] from, byte[] to) -> {
            if (batch.drops()) {
              dropped.add(new Deleted(from, to, 0));
            }
          }
        }
      }
      if (!hadWork && hasWork()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the files that lie wholly in the ranges that a batch dropped. It is durable, and
   * nothing was committed since: no file has a row of these ranges that is newer.
   */
  void removeFiles(Batch batch) {
    List<byte[]> bounds = new ArrayList<>();
    for (Batch.Change change : batch.changes()) {
      if (change instanceof Batch.Change.DeleteRange(byte[] from, byte[] to)) {
        bounds.add(from);
        bounds.add(to);
      }
    }
    try {
      database.deleteFilesInRanges(database.getDefaultColumnFamily(), bounds, false);
    } catch (RocksDBException failure) {
      LOG.warn("files of dropped rows stay until they are compacted: {}", failure.getMessage());
    }
  }

  /**
   * Waits until so much is free, while deletions that were committed give their room back; not for
   * ever.
   */
  void awaitRoom(long bytes) {
    long left = MAX_WAIT_NANOS;
    long next = left;
    lock.lock();
    try {
      while (freeBytes() < bytes && left > 0 && !closed) {
        if (left <= next) {
          urgent = true;
          changed.signalAll();
          next = left - TRY_AGAIN_NANOS;
        }
        long look = TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLISECONDS);
        left -= look - changed.awaitNanos(look);
      }
    } catch (InterruptedException _) {
      // Nobody interrupts the committer: the commit is refused if there is no room.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits 20 milliseconds.
   *
   * @param patienceNanos how long the caller would wait in all
   * @return what is left of that; none when the volume closes or the thread is interrupted
   */
  long pause(long patienceNanos) {
    long moment = TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLISECONDS);
    lock.lock();
    try {
      for (long left = moment; left > 0 && !closed; ) {
        left = changed.awaitNanos(left);
      }
      return closed ? 0 : patienceNanos - moment;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread, and what it has RocksDB do. Nothing is committed any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    compaction.setCanceled(true);
    // A flush may wait for compactions that a full disk has no room for.
    database.cancelAllBackgroundWork(false);
    ThreadEnd.await(thread);
    compaction.close();
  }

  private static ByteBuffer spaceOf(byte[] key) {
    return ByteBuffer.wrap(key, 0, Math.min(key.length, SPACE_BYTES));
  }

  private boolean hasWork() {
    return !deleted.isEmpty() || !dropped.isEmpty();
  }

  private void run() {
    long took = 0;
    while (awaitWork(took)) {
      long start = System.nanoTime();
      makeRoom();
      took = System.nanoTime() - start;
    }
  }

  /**
   * Waits for deletions, and then until more have gathered; false when the end has come.
   *
   * @param took nanoseconds of the last compactions, which take half of the time at most
   */
  private boolean awaitWork(long took) {
    lock.lock();
    try {
      while (!hasWork() && !closed) {
        changed.await();
      }
      long seconds = isLow() ? GATHERING_SECONDS_WHEN_LOW : GATHERING_SECONDS;
      long wait = Math.max(TimeUnit.SECONDS.toNanos(seconds), took);
      while (!urgent && !closed && wait > 0) {
        wait = changed.awaitNanos(wait);
      }
      urgent = false;
      return !closed;
    } catch (InterruptedException _) {
      // Nobody interrupts this thread: close() tells it when to end.
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    List<Deleted> spans = new ArrayList<>();
    try (FlushOptions flush = new FlushOptions()) {
      boolean flushing = take(spans);
      if (flushing) {
        database.flush(flush.setWaitForFlush(true));
      }
      for (Deleted span : spans) {
        database.compactRange(
            database.getDefaultColumnFamily(), span.from(), span.to(), compaction);
      }
    } catch (RocksDBException failure) {
      again(spans, failure);
    }
  }

  /** Takes what is to be compacted now; returns whether deletions are to be flushed. */
  private boolean take(List<Deleted> spans) throws RocksDBException {
    List<ByteBuffer> worthwhile = isLow() ? worthwhile() : List.of();
    lock.lock();
    try {
      spans.addAll(dropped);
      dropped.clear();
      worthwhile.forEach(space -> spans.add(deleted.remove(space)));
      boolean flushing = !spans.isEmpty() || unflushed >= MANY_DELETIONS;
      if (flushing) {
        unflushed = 0;
      }
      return flushing;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the spaces of which so much was deleted that a compaction is worth its work. */
  private List<ByteBuffer> worthwhile() throws RocksDBException {
    Map<ByteBuffer, Deleted> gathered;
    lock.lock();
    try {
      gathered = Map.copyOf(deleted);
    } finally {
      lock.unlock();
    }
    long rowBytes = meanRowBytes();
    return gathered.entrySet().stream()
        .filter(space ->
            space.getValue().count() * rowBytes >= sizeBytes(space.getValue()) / WORTHWHILE_PART)
        .map(Map.Entry::getKey)
        .toList();
  }

  private long meanRowBytes() throws RocksDBException {
    long rows = Math.max(1, database.getLongProperty("rocksdb.estimate-num-keys"));
    return database.getLongProperty("rocksdb.total-sst-files-size") / rows + 1;
  }

  private long sizeBytes(Deleted span) {
    try (Slice from = new Slice(span.from());
        Slice to = new Slice(span.to())) {
      List<Range> range = List.of(new Range(from, to));
      return database.getApproximateSizes(range, SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  private void again(List<Deleted> spans, RocksDBException failure) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      dropped.addAll(spans);
    } finally {
      lock.unlock();
    }
    LOG.warn("room of deleted rows is not given back yet: {}", failure.getMessage());
  }

  private boolean isLow() {
    return freeBytes() < LOW_RESERVES * reserveBytes;
  }

  /** Returns the free bytes of the disk; none when it does not tell. */
  private long freeBytes() {
    try {
      return disk.getUsableSpace();
    } catch (IOException _) {
      return 0;
    }
  }
}
