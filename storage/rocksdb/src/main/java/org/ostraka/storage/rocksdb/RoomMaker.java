package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.volume.Batch;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the room of deleted rows back to the disk. The committer's thread tells of commits; a
 * thread of its own compacts.
 *
 * <p>A deletion is an entry more, until compactions have carried it to the entry that it deletes,
 * which happens by itself only when more is written. Files that lie wholly in a range that was
 * dropped go at once. For the rest, deletions are flushed soon, which lets RocksDB compact files
 * that have many; when the disk is nearly full, or a range was dropped, what they cover is
 * compacted from here. No compaction needs more room than the reserve has ({@link RocksOptions}).
 */
final class RoomMaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoomMaker.class);

  /** How long deletions may gather before they are flushed. */
  private static final long GATHERING_SECONDS = 5;

  /** Deletions that are worth a flush on a disk that has room. */
  private static final long MANY_DELETIONS = 1_000;

  /** The disk is nearly full when less than so many reserves are free. */
  private static final int LOW_RESERVES = 2;

  private final RocksDB database;
  private final FileStore disk;
  private final long reserveBytes;
  private final Thread thread;
  private final CompactRangeOptions compaction =
      new CompactRangeOptions().setExclusiveManualCompaction(false);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Span> dropped = new ArrayList<>();
  private @Nullable Span deleted;
  private long deletions;
  private boolean urgent;
  private boolean closed;

  private RoomMaker(RocksDB database, FileStore disk, long reserveBytes, ThreadFactory daemons) {
    this.database = database;
    this.disk = disk;
    this.reserveBytes = reserveBytes;
    this.thread = daemons.newThread(this::run);
  }

  /** Keys from one to another, both included. */
  private record Span(byte[] from, byte[] to) {
    Span with(byte[] key) {
      return new Span(
          Arrays.compareUnsigned(key, from) < 0 ? key : from,
          Arrays.compareUnsigned(key, to) > 0 ? key : to);
    }
  }

  static RoomMaker start(
      RocksDB database, FileStore disk, long reserveBytes, ThreadFactory daemons) {
    RoomMaker maker = new RoomMaker(database, disk, reserveBytes, daemons);
    maker.thread.start();
    return maker;
  }

  /** Takes note of a batch that was committed, before anything else is. The committer's thread. */
  void committed(Batch batch) {
    if (batch.drops()) {
      removeFiles(batch);
    }
    lock.lock();
    try {
      for (Batch.Change change : batch.changes()) {
        switch (change) {
          case Batch.Change.Put _ -> {}
          case Batch.Change.Delete(byte[] key) -> {
            deleted = deleted == null ? new Span(key, key) : deleted.with(key);
            deletions++;
          }
          case Batch.Change.DeleteRange(byte[] from, byte[] to) -> dropped.add(new Span(from, to));
        }
      }
      urgent |= batch.drops();
      if (deleted != null || urgent) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread, and what it has RocksDB do. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    compaction.setCanceled(true);
    awaitEnd();
    compaction.close();
  }

  /**
   * Removes the files that lie wholly in dropped ranges. Nothing was committed since, so that they
   * have no row that is newer than the drop; the drop itself is durable.
   */
  private void removeFiles(Batch batch) {
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

  private void run() {
    long rest = TimeUnit.SECONDS.toNanos(GATHERING_SECONDS);
    while (awaitWork(rest)) {
      long start = System.nanoTime();
      makeRoom();
      // Compactions take half of the time at most, when there are always more deletions.
      rest = Math.max(TimeUnit.SECONDS.toNanos(GATHERING_SECONDS), System.nanoTime() - start);
    }
  }

  /** Waits for deletions, and then until more have gathered; false when the end has come. */
  private boolean awaitWork(long rest) {
    lock.lock();
    try {
      while (deleted == null && dropped.isEmpty() && !closed) {
        changed.await();
      }
      long wait = rest;
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
    boolean low = isLow();
    List<Span> spans = new ArrayList<>();
    lock.lock();
    try {
      spans.addAll(dropped);
      if (low && deleted != null) {
        spans.add(deleted);
      }
      if (spans.isEmpty() && deletions < MANY_DELETIONS) {
        return;
      }
      dropped.clear();
      deleted = null;
      deletions = 0;
    } finally {
      lock.unlock();
    }
    try (FlushOptions flush = new FlushOptions()) {
      database.flush(flush.setWaitForFlush(true));
      for (Span span : spans) {
        database.compactRange(
            database.getDefaultColumnFamily(), span.from(), span.to(), compaction);
      }
    } catch (RocksDBException failure) {
      again(spans, failure);
    }
  }

  private void again(List<Span> spans, RocksDBException failure) {
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
    try {
      return disk.getUsableSpace() < LOW_RESERVES * reserveBytes;
    } catch (IOException _) {
      return true;
    }
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
