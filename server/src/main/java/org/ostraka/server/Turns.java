package org.ostraka.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one kind of work again and again on shared threads: never twice at once, and each time a
 * while after it has ended. Any thread.
 */
final class Turns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final Threads threads;
  private final String name;
  private final Runnable step;
  private final Duration every;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private Optional<Future<?>> next = Optional.empty();
  private boolean underWay;
  private boolean wantedAgain;
  private boolean stopped;

  /** Where turns are taken. Any thread. */
  interface Threads {
    /**
     * Runs work now, on another thread.
     *
     * @throws RejectedExecutionException after they were closed
     * @throws OutOfMemoryError when there can be no more threads
     */
    void run(Runnable work);

    /** Runs something short later. */
    Future<?> later(Duration delay, Runnable shortWork);
  }

  /**
   * Prepares turns.
   *
   * @param name the thread has it during a turn
   * @param every the time from the end of a turn to the next one
   */
  Turns(Threads threads, String name, Runnable step, Duration every) {
    this.threads = threads;
    this.name = name;
    this.step = step;
    this.every = every;
  }

  /** Begins: the first turn comes after a delay. */
  void begin(Duration first) {
    lock.lock();
    try {
      awaitTurn(first);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a turn now, or another one right after that which is under way. Does nothing after a
   * stop.
   */
  void now() {
    lock.lock();
    try {
      if (underWay) {
        wantedAgain = true;
      } else if (!stopped) {
        next.ifPresent(turn -> turn.cancel(false));
        next = Optional.empty();
        handOver();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hands a turn over; if there is no thread for it, the next one comes at its usual time. */
  private void handOver() {
    try {
      threads.run(this::take);
      underWay = true; // before the turn can end, for which it needs the lock
    } catch (RejectedExecutionException | OutOfMemoryError none) {
      LOG.warn("there is no thread for {}", name, none);
      awaitTurn(every);
    }
  }

  private void awaitTurn(Duration delay) {
    if (!stopped) {
      next = Optional.of(threads.later(delay, this::now));
    }
  }

  private void take() {
    Thread thread = Thread.currentThread();
    String usual = thread.getName();
    thread.setName(name);
    try {
      step.run();
    } finally {
      thread.setName(usual);
      end();
    }
  }

  private void end() {
    lock.lock();
    try {
      underWay = false;
      ended.signalAll();
      if (wantedAgain) {
        wantedAgain = false;
        now();
      } else {
        awaitTurn(every);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no further turn. One that is under way goes on. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      next.ifPresent(turn -> turn.cancel(false));
    } finally {
      lock.unlock();
    }
  }

  /** Stops, and waits for the turn that is under way. */
  @Override
  public void close() {
    stop();
    lock.lock();
    try {
      while (underWay) {
        ended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
