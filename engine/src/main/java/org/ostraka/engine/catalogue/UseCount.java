package org.ostraka.engine.catalogue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A count of the uses of a table, which can wait for the uses that have begun. Any thread.
 *
 * <p>Each wait begins a new generation of uses and waits for the one before. So new uses neither
 * wait nor prolong the wait. A {@link java.util.concurrent.locks.ReentrantReadWriteLock} would
 * block new uses; a {@code StampedLock} lets them in, and its writer waits for as long as they
 * overlap.
 */
final class UseCount {
  private final ReentrantLock waiting = new ReentrantLock();
  private volatile Generation current = new Generation();

  /** The uses that began between two waits. */
  static final class Generation {
    private static final long CLOSED = Long.MIN_VALUE;

    /** The number of uses, plus {@link #CLOSED} once no more may begin. */
    private final AtomicLong users = new AtomicLong();

    private final CountDownLatch left = new CountDownLatch(1);

    /** Begins a use; returns false when the generation is closed. */
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

  /** Begins a use. {@link Generation#leave} of the returned generation ends it. */
  Generation enter() {
    Generation joined = current;
    while (!joined.enter()) {
      joined = current;
    }
    return joined;
  }

  /**
   * Waits until all uses that began before this call have ended. An interrupt does not end the
   * wait; the thread is interrupted again afterwards.
   */
  void awaitEarlier() {
    waiting.lock();
    try {
      Generation before = current;
      current = new Generation();
      before.awaitEnd();
    } finally {
      waiting.unlock();
    }
  }
}
