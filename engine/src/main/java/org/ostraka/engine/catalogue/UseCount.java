package org.ostraka.engine.catalogue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts who uses a table, so that one can wait for those who use it now. Any thread.
 *
 * <p>Who comes later neither waits for the one who waits nor keeps it waiting: each settling begins
 * a generation of its own. A lock for reading and writing does one or the other; {@code
 * StampedLock} lets readers in past a writer who waits, which then waits for as long as they
 * overlap.
 */
final class UseCount {
  private final ReentrantLock settling = new ReentrantLock();
  private volatile Generation current = new Generation();

  /** Those who began between two settlings. */
  static final class Generation {
    private static final long CLOSED = Long.MIN_VALUE;

    /** How many there are, plus {@link #CLOSED} once nobody may join them. */
    private final AtomicLong users = new AtomicLong();

    private final CountDownLatch left = new CountDownLatch(1);

    /** Joins them, unless it is too late. */
    private boolean enter() {
      boolean open = users.getAndIncrement() >= 0;
      if (!open) {
        leave();
      }
      return open;
    }

    /** Ends one use. */
    void leave() {
      if (users.decrementAndGet() == CLOSED) {
        left.countDown();
      }
    }

    private void awaitEnd() {
      if (users.getAndAdd(CLOSED) == 0) {
        left.countDown();
      }
      boolean interrupted = false;
      while (true) {
        try {
          left.await();
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

  /** Begins a use, which ends when the generation is left. */
  Generation enter() {
    Generation joined = current;
    while (!joined.enter()) {
      joined = current;
    }
    return joined;
  }

  /** Waits until all uses are over that began before this call. Interrupts are kept for later. */
  void settle() {
    settling.lock();
    try {
      Generation before = current;
      current = new Generation();
      before.awaitEnd();
    } finally {
      settling.unlock();
    }
  }
}
