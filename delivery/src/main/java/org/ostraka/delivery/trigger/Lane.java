package org.ostraka.delivery.trigger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.delivery.wire.EventWriter;

/**
 * The events of a shard that are sent one batch after another. It has at most one batch in waiting.
 * Any thread; one puts, and one takes.
 */
final class Lane {
  /** The largest event: "Lambda quotas", invocation payload, synchronous. */
  static final long MAX_EVENT_BYTES = 6L << 20;

  private final int batchSize;
  private final Duration window;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Event> waiting = new ArrayDeque<>();

  private long waitingBytes = EventWriter.OVERHEAD_BYTES;

  /** Whether the waiting batch is complete, although it is not as long as it may be. */
  private boolean isComplete;

  private boolean isEnded;

  /**
   * Makes an empty lane.
   *
   * @param window how long the first event of a batch waits for others
   */
  Lane(int batchSize, Duration window) {
    this.batchSize = batchSize;
    this.window = window;
  }

  /** Adds an event when there is room for it within a time; returns whether there was. */
  boolean offer(Event event, Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = time.toNanos();
      while (!fits(event)) {
        isComplete = true;
        changed.signalAll();
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      waiting.add(event);
      waitingBytes += event.sizeBytes();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** An event that is too large by itself is sent alone. */
  private boolean fits(Event event) {
    return waiting.isEmpty()
        || (waiting.size() < batchSize && waitingBytes + event.sizeBytes() <= MAX_EVENT_BYTES);
  }

  /** Says that no further events come. */
  void end() {
    lock.lock();
    try {
      isEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch and takes it; it is empty when the lane has ended. */
  List<Event> nextBatch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !isEnded) {
        changed.await();
      }
      long left = window.toNanos();
      while (waiting.size() < batchSize && !isComplete && !isEnded && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<Event> batch = new ArrayList<>(waiting);
      waiting.clear();
      waitingBytes = EventWriter.OVERHEAD_BYTES;
      isComplete = false;
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
