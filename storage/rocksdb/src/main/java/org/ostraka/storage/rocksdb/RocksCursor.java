package org.ostraka.storage.rocksdb;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.ostraka.storage.Direction;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.VolumeCursor;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Entries of a range, read from RocksDB in blocks. Blocks for virtual threads are read on the scan
 * threads, since a read from the disk keeps the virtual thread's carrier; the first block of a
 * reader who wants few is read where it is asked for, like a point read. One thread at a time.
 */
final class RocksCursor implements VolumeCursor {
  /** Entries of one block, at most. */
  private static final int BLOCK_ENTRIES = 256;

  /** Bytes after which a block ends. */
  private static final int BLOCK_BYTES = 256 << 10;

  /** Rows that a reader asks for at most and is given without a thread of the scans. */
  private static final int SHORT_ROWS = 32;

  private final Direction direction;
  private final Wanted wanted;
  private final ExecutorService scanThreads;
  private final Consumer<RocksCursor> onClose;
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final Deque<Entry> block = new ArrayDeque<>();
  private boolean started;
  private volatile boolean closed;

  RocksCursor(
      RocksDB database,
      byte[] from,
      byte[] to,
      Direction direction,
      Wanted wanted,
      ExecutorService scanThreads,
      Consumer<RocksCursor> onClose) {
    this.direction = direction;
    this.wanted = wanted;
    this.scanThreads = scanThreads;
    this.onClose = onClose;
    // RocksDB takes bounds in order only; a range that ends before it begins is empty.
    boolean empty = Arrays.compareUnsigned(from, to) > 0;
    this.lower = new Slice(from);
    this.upper = new Slice(empty ? from : to);
    this.options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    this.iterator = database.newIterator(options);
  }

  @Override
  public Optional<Entry> next() {
    throwIfClosed();
    if (block.isEmpty()) {
      boolean isShort = !started && wanted.rows() <= SHORT_ROWS;
      if (isShort || !Thread.currentThread().isVirtual()) {
        readBlock();
      } else {
        await(scanThreads.submit(this::readBlock));
      }
    }
    return Optional.ofNullable(block.poll());
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    iterator.close();
    options.close();
    lower.close();
    upper.close();
    onClose.accept(this);
  }

  private synchronized void readBlock() {
    throwIfClosed();
    int most = started ? BLOCK_ENTRIES : Math.min(BLOCK_ENTRIES, wanted.rows());
    start();
    int bytes = 0;
    while (iterator.isValid() && block.size() < most && bytes < BLOCK_BYTES) {
      Entry entry = new Entry(iterator.key(), iterator.value());
      bytes += entry.key().length + entry.value().length;
      block.add(entry);
      move();
    }
    throwIfFailed();
  }

  private void throwIfClosed() {
    if (closed) {
      throw new StorageFailedException("the cursor is closed");
    }
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    switch (direction) {
      case FORWARD -> iterator.seekToFirst();
      case BACKWARD -> iterator.seekToLast();
    }
  }

  private void move() {
    switch (direction) {
      case FORWARD -> iterator.next();
      case BACKWARD -> iterator.prev();
    }
  }

  /** An iterator that stops may have met the end, or a failure that must not pass for one. */
  private void throwIfFailed() {
    try {
      iterator.status();
    } catch (RocksDBException failure) {
      throw RocksFailures.read(failure);
    }
  }

  private static void await(Future<?> reading) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          reading.get();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StorageException storage) {
        throw storage;
      }
      throw new IllegalStateException("a scan broke", failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
