package org.ostraka.delivery.trigger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.storage.Position;

/**
 * Knows up to which position everything is delivered, although lanes deliver out of order. Any
 * thread.
 */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();

  /** The positions behind the one that was reached, in their order. */
  private final Queue<Position> open = new ArrayDeque<>();

  /** Those of them that are delivered. */
  private final Set<Position> delivered = new HashSet<>();

  private Optional<Position> unreported = Optional.empty();

  /** Notes a position that was taken; each is greater than the last. */
  void taken(Position position) {
    lock.lock();
    try {
      open.add(position);
    } finally {
      lock.unlock();
    }
  }

  /** Notes that positions which were taken are delivered. */
  void delivered(List<Position> positions) {
    lock.lock();
    try {
      delivered.addAll(positions);
      while (!open.isEmpty() && delivered.remove(open.peek())) {
        unreported = Optional.of(open.remove());
      }
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the position up to which all is delivered; empty when it is as at the last call. */
  Optional<Position> advance() {
    lock.lock();
    try {
      Optional<Position> reached = unreported;
      unreported = Optional.empty();
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that was taken is delivered, or the time is over; returns which. */
  boolean awaitAll(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!open.isEmpty() && left > 0) {
        left = advanced.awaitNanos(left);
      }
      return open.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
