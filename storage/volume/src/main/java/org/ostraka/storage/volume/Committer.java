package org.ostraka.storage.volume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Write;

/**
 * Makes what has been decided durable: everything that is queued becomes one batch with one sync.
 * Any thread may submit; one thread of its own commits.
 *
 * <p>Nobody waits for a group to fill up: while one group is on its way to the disk the next one
 * gathers, so that groups are as large as the load makes them.
 */
final class Committer {
  /** Bytes that may wait in the queue; who comes later waits for room. */
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  /**
   * Bytes of one group, so that one sync stays short; a larger submission is a group of its own.
   */
  private static final long MAX_GROUP_BYTES = 8L << 20;

  private final Volume volume;
  private final RowCache cache;
  private final FailStop failStop;
  private final LogPositions positions;
  private final Thread thread;
  private final Map<Bytes, PendingRow> overlay = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Submission> queue = new ArrayDeque<>();
  private long queuedBytes;
  private @Nullable Throwable closed;

  Committer(Volume volume, RowCache cache, ThreadFactory threads, FailStop failStop) {
    this.volume = volume;
    this.cache = cache;
    this.failStop = failStop;
    this.positions = new LogPositions(volume);
    this.thread = threads.newThread(this::run);
    thread.start();
  }

  /** The state of a row that waits for the disk, if there is one. */
  @Nullable PendingRow pending(Bytes storedKey) {
    return overlay.get(storedKey);
  }

  /**
   * Queues a submission behind all others and shows its rows to later decisions. The caller holds
   * the locks of its keys.
   *
   * @param basis what the decision has seen of rows that waited for the disk; if any of it is lost,
   *     so is this
   */
  void submit(Submission submission, Collection<Ticket> basis) {
    lock.lock();
    try {
      while (queuedBytes > MAX_QUEUED_BYTES && closed == null) {
        room.awaitUninterruptibly();
      }
      throwIfClosed();
      basis.forEach(Ticket::throwIfLost);
      overlay.putAll(submission.rows());
      queue.add(submission);
      queuedBytes += submission.sizeBytes();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses new submissions, commits those that are queued, and ends the thread. */
  void close() {
    lock.lock();
    try {
      if (closed == null) {
        closed = new StorageFailedException("the store is closed");
      }
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    awaitEnd();
  }

  private void run() {
    List<Submission> group = nextGroup();
    while (!group.isEmpty()) {
      commit(group);
      group = nextGroup();
    }
  }

  /** Waits for work; an empty group says that there will be none. */
  private List<Submission> nextGroup() {
    lock.lock();
    try {
      while (queue.isEmpty() && closed == null) {
        work.awaitUninterruptibly();
      }
      List<Submission> group = new ArrayList<>();
      long bytes = 0;
      while (!queue.isEmpty() && (group.isEmpty() || bytes < MAX_GROUP_BYTES)) {
        Submission submission = queue.remove();
        bytes += submission.sizeBytes();
        group.add(submission);
      }
      queuedBytes -= bytes;
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Settles every submission of the group, whatever happens: a caller waits for each of them. */
  private void commit(List<Submission> group) {
    try {
      if (write(group)) {
        group.forEach(this::settleDurable);
      }
    } catch (RuntimeException | Error failure) {
      stop(group, failure);
    }
  }

  /** Writes the group; false when none of it was written, and it was refused. */
  private boolean write(List<Submission> group) {
    Batch batch;
    Map<Bytes, @Nullable Bytes> rows;
    try {
      batch = batch(group);
      rows = rows(group);
    } catch (RuntimeException | Error unbuilt) {
      // Not even the memory for a batch: nothing was written, so that the store can go on.
      refuse(group, unbuilt);
      return false;
    }
    cache.close(rows.keySet());
    try {
      volume.commit(batch);
      rows.forEach(cache::open);
      if (group.stream().anyMatch(submission -> submission.dropped().isPresent())) {
        cache.clear();
      }
      return true;
    } catch (VolumeFullException full) {
      rows.keySet().forEach(key -> cache.open(key, null));
      refuse(group, full);
      return false;
    }
  }

  /** The last state of each row that a group writes. */
  private static Map<Bytes, @Nullable Bytes> rows(List<Submission> group) {
    Map<Bytes, @Nullable Bytes> last = new HashMap<>();
    group.forEach(
        submission -> submission.rows().forEach((key, row) -> last.put(key, row.value())));
    return last;
  }

  private Batch batch(List<Submission> group) {
    Batch batch = new Batch();
    for (Submission submission : group) {
      submission
          .dropped()
          .ifPresent(space -> {
            batch.deleteRange(StoredKey.rowsOf(space));
            batch.deleteRange(StoredKey.recordsOf(space));
            positions.forget(space);
          });
      submission.rows().forEach((key, row) -> addRow(batch, key.array(), row.value()));
      submission.appends().forEach(append -> addRecord(batch, append));
    }
    return batch;
  }

  private static void addRow(Batch batch, byte[] key, @Nullable Bytes value) {
    if (value == null) {
      batch.delete(key);
    } else {
      batch.put(key, StoredValue.of(key, value));
    }
  }

  private void addRecord(Batch batch, Write.Append append) {
    byte[] key = StoredKey.of(append.log(), positions.next(append.log()));
    batch.put(key, StoredValue.of(key, append.record()));
  }

  private void settleDurable(Submission submission) {
    submission.rows().forEach(overlay::remove);
    submission.ticket().durable();
  }

  /**
   * Nothing of the group was written: it is refused, and so is everything that may have been
   * decided upon it.
   */
  private void refuse(List<Submission> group, Throwable why) {
    lock.lock();
    try {
      positions.forgetAll();
      group.forEach(submission -> settleFailed(submission, why));
      failQueue(why);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nobody knows what was written: the group is unknown, the rest is refused, and the process must
   * stop.
   */
  private void stop(List<Submission> group, Throwable failure) {
    lock.lock();
    try {
      closed = failure;
      group.forEach(submission -> submission.ticket().unknown(failure));
      failQueue(failure);
    } finally {
      lock.unlock();
    }
    failStop.stop(failure);
  }

  private void failQueue(Throwable why) {
    queue.forEach(submission -> settleFailed(submission, why));
    queue.clear();
    queuedBytes = 0;
    room.signalAll();
  }

  private void settleFailed(Submission submission, Throwable why) {
    submission.rows().forEach(overlay::remove);
    submission.ticket().failed(why);
  }

  private void throwIfClosed() {
    Throwable why = closed;
    if (why != null) {
      throw new StorageFailedException("the store takes no more writes: " + why.getMessage(), why);
    }
  }

  private void awaitEnd() {
    if (Thread.currentThread().equals(thread)) {
      // A FailStop closes the store: the thread ends by itself as soon as that returns.
      return;
    }
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
