package org.ostraka.storage.volume;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.storage.StorageFailedException;

/**
 * Counts who is inside, so that a store closes only when nobody is. Any thread; entering costs no
 * shared lock.
 */
final class Gate {
  private static final long LOOK_AGAIN_NANOS = 100_000;

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  /** Enters, or refuses because the gate has closed. Who enters leaves by closing the pass. */
  Pass enter() {
    entered.increment();
    if (closed) {
      left.increment();
      throw new StorageFailedException("the store is closed");
    }
    return left::increment;
  }

  /** Lets nobody in any more; false if it was closed already. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /** Waits until all who entered have left. */
  void awaitEmpty() {
    while (isOccupied()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private boolean isOccupied() {
    // In this order, one who enters in between is counted as inside, never as one who left twice.
    long out = left.sum();
    return entered.sum() != out;
  }

  /** Permission to be inside. */
  @FunctionalInterface
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }
}
