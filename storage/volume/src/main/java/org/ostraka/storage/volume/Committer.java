package org.ostraka.storage.volume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;

/**
 * Makes what has been decided durable: everything that is queued becomes one batch with one sync.
 * Any thread may submit; one thread of its own commits.
 *
 * <p>No group waits to fill up: while one is on its way to the disk the next one gathers, so that
 * groups are as large as the load makes them. Submissions get their stamps when they join the
 * queue, so that stamps, positions of logs, and commits have one order.
 */
final class Committer {
  /** Bytes that may wait in the queue; further submissions wait for room. */
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  /**
   * Bytes of one group, so that one sync stays short; a larger submission is a group of its own.
   */
  private static final long MAX_GROUP_BYTES = 8L << 20;

  private final GroupWriter writer;
  private final HybridClock clock;
  private final FailStop failStop;
  private final CommitCounts counts;
  private final Thread thread;
  private final Map<Bytes, PendingRow> overlay = new ConcurrentHashMap<>();
  private final GuardedRows guarded = new GuardedRows();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Submission> queue = new ArrayDeque<>();
  private List<Submission> committing = List.of();
  private long queuedBytes;

  /** The last stamp of the groups that are durable. */
  private Stamp complete;

  private @Nullable Throwable closed;

  /**
   * Makes a committer and starts its thread.
   *
   * @param last the last stamp that the volume has; the clock gives only later ones
   */
  Committer(
      GroupWriter writer,
      HybridClock clock,
      Stamp last,
      ThreadFactory threads,
      FailStop failStop,
      CommitCounts counts) {
    this.writer = writer;
    this.clock = clock;
    this.complete = last;
    this.failStop = failStop;
    this.counts = counts;
    this.thread = threads.newThread(this::run);
    thread.start();
  }

  /** Returns the state of a row that waits for the disk, if there is one. */
  @Nullable PendingRow pending(Bytes storedKey) {
    return overlay.get(storedKey);
  }

  /** A guard, the stored key of its row, and how to read that row where it does not wait. */
  record StoredGuard(Guard guard, Bytes storedKey, RowReader reader) {}

  /** Reads a row that does not wait for the disk. */
  @FunctionalInterface
  interface RowReader {
    @Nullable VersionedValue read(Bytes storedKey);
  }

  /**
   * Queues a submission behind all others, gives it its stamp, and shows its rows to later
   * decisions. The caller holds the locks of its keys.
   *
   * @param basis what the decision has seen of rows that waited for the disk; if any of it is lost,
   *     so is this
   * @throws GuardMismatchException when a guarded row has another version: nothing was queued
   */
  void submit(Submission submission, Collection<Ticket> basis, Collection<StoredGuard> guards) {
    lock.lock();
    try {
      while (queuedBytes > MAX_QUEUED_BYTES && closed == null) {
        room.awaitUninterruptibly();
      }
      throwIfClosed();
      basis.forEach(Ticket::throwIfLost);
      guards.forEach(this::requireGuard);
      basis.forEach(submission::restOn);
      guards.forEach(guard -> restOnPending(submission, guard));
      submission.newestReplicated().ifPresent(clock::observe);
      submission.stamp(clock.next());
      overlay.putAll(submission.rows());
      guarded.written(submission);
      if (submission.dropped().isPresent()) {
        guarded.forgetAll();
      }
      queue.add(submission);
      queuedBytes += submission.sizeBytes();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Verifies a guard of a decision that writes nothing, and returns what has to become durable
   * before that decision is answered. The caller holds the locks of the decision's keys.
   *
   * @throws GuardMismatchException when the row has another version
   */
  Optional<Ticket> verify(StoredGuard guard) {
    // Under the lock, so that the version and its ticket belong together.
    lock.lock();
    try {
      requireGuard(guard);
      return Optional.ofNullable(overlay.get(guard.storedKey())).map(PendingRow::ticket);
    } finally {
      lock.unlock();
    }
  }

  private void restOnPending(Submission submission, StoredGuard guard) {
    PendingRow pending = overlay.get(guard.storedKey());
    if (pending != null) {
      submission.restOn(pending.ticket());
    }
  }

  private void requireGuard(StoredGuard guard) {
    requireSame(
        guard,
        guarded.state(
            guard.storedKey(),
            key -> {
              PendingRow pending = overlay.get(key);
              return pending == null ? guard.reader().read(key) : pending.row();
            }));
  }

  private static void requireSame(StoredGuard guard, GuardedRows.State state) {
    if (!state.version().equals(guard.guard().version())) {
      throw new GuardMismatchException(guard.guard().key());
    }
  }

  /**
   * Returns a stamp that is less than the stamps of all submissions that wait, and of all later
   * ones, also after a restart. While nothing waits, it writes the present stamp and waits until
   * that is durable.
   */
  Stamp floor() {
    Submission mark;
    lock.lock();
    try {
      if (!committing.isEmpty() || !queue.isEmpty()) {
        return complete;
      }
      mark = new Submission(Origin.NONE);
      submit(mark, List.of(), List.of());
    } finally {
      lock.unlock();
    }
    mark.ticket().await();
    return mark.version().stamp();
  }

  /** Tells what the committer does, for those who watch it. */
  List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(counts.measures());
    lock.lock();
    try {
      measures.add(
          Measure.gauge("queued_decisions", "Decisions that wait for their group.", queue.size()));
      measures.add(Measure.gauge("queued_bytes", "Bytes of these decisions.", queuedBytes));
    } finally {
      lock.unlock();
    }
    measures.add(
        Measure.gauge("overlay_rows", "Rows that wait until they are durable.", overlay.size()));
    return measures;
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
    List<Submission> group = List.of();
    try {
      group = nextGroup();
      while (!group.isEmpty()) {
        commit(group);
        group = nextGroup();
      }
    } catch (RuntimeException | Error broken) {
      // Nobody else would answer the callers.
      stop(group, broken);
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
      while (!queue.isEmpty()
          && (group.isEmpty() || (bytes < MAX_GROUP_BYTES && isJoined(group)))) {
        Submission submission = queue.remove();
        bytes += submission.sizeBytes();
        group.add(submission);
      }
      queuedBytes -= bytes;
      room.signalAll();
      committing = group;
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the next submission may join a group: one that drops a space stays alone. */
  private boolean isJoined(List<Submission> group) {
    return group.getFirst().dropped().isEmpty() && queue.getFirst().dropped().isEmpty();
  }

  /** Writes a group, and gives each of its submissions an outcome. */
  private void commit(List<Submission> group) {
    try {
      long begin = counts.begin();
      writer.write(group);
      counts.end(begin, group);
      committed(group.getLast().version().stamp());
      group.forEach(this::durable);
    } catch (GroupWriter.UnwrittenException unwritten) {
      List<Submission> rest =
          refuse(group, unwritten.getCause() == null ? unwritten : unwritten.getCause());
      if (!rest.isEmpty()) {
        commit(rest);
      }
    } catch (RuntimeException | Error failure) {
      stop(group, failure);
    }
  }

  /** Notes that the group with this last stamp is durable, so that the floor may reach it. */
  private void committed(Stamp last) {
    lock.lock();
    try {
      committing = List.of();
      complete = last;
    } finally {
      lock.unlock();
    }
  }

  private void durable(Submission submission) {
    submission.rows().forEach(overlay::remove);
    submission.ticket().durable();
  }

  /**
   * Refuses a group of which nothing was written, and all submissions that depend on it. On a full
   * disk it spares submissions that make room, so that clients who go on writing do not keep others
   * from emptying the disk.
   *
   * @return the spared submissions of the group, to be written again; fewer than the group had
   */
  private List<Submission> refuse(List<Submission> group, Throwable why) {
    lock.lock();
    try {
      boolean full = why instanceof VolumeFullException;
      boolean mixed = full && !group.stream().allMatch(Submission::makesRoom);
      Refusal refusal = new Refusal();
      group.forEach(submission -> refusal.judge(submission, mixed));
      List<Submission> rest = List.copyOf(refusal.spared());
      queue.forEach(submission -> refusal.judge(submission, full));
      refusal.refused().forEach(each -> failed(each, refusal.rows(), why));
      queue.retainAll(refusal.spared());
      queuedBytes = queue.stream().mapToLong(Submission::sizeBytes).sum();
      room.signalAll();
      guarded.forgetAll();
      committing = rest;
      return rest;
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
    queue.forEach(submission -> failed(submission, Map.of(), why));
    queue.clear();
    queuedBytes = 0;
    room.signalAll();
  }

  /**
   * Takes back a submission's rows, and tells its caller.
   *
   * @param spared rows that still wait, which come to light again where the submission had others
   */
  private void failed(Submission submission, Map<Bytes, PendingRow> spared, Throwable why) {
    submission
        .rows()
        .forEach((key, row) -> {
          PendingRow before = spared.get(key);
          if (before == null) {
            overlay.remove(key, row);
          } else {
            overlay.replace(key, row, before);
          }
        });
    submission.ticket().failed(why);
  }

  private void throwIfClosed() {
    Throwable why = closed;
    if (why != null) {
      throw new StorageFailedException("the store takes no more writes", why);
    }
  }

  private void awaitEnd() {
    if (Thread.currentThread().equals(thread)) {
      // A FailStop closes the store: the thread ends by itself as soon as that returns.
      return;
    }
    ThreadEnd.await(thread);
  }
}
