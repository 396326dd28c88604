package org.ostraka.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that all work in the background shares: one for what is under way, and one that waits
 * for what is due. A thread that only waits costs memory too, about 100 KB of its stack; most of
 * the work is under way for a millisecond or less. Any thread.
 */
final class SharedThreads implements Turns.Threads, AutoCloseable {
  /** How long a thread without work stays: longer than the second between turns of jobs. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService workers;

  SharedThreads() {
    this.timer = new ScheduledThreadPoolExecutor(1, daemon("background-timer"));
    this.timer.setRemoveOnCancelPolicy(true);
    this.workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEPT.toNanos(),
            TimeUnit.NANOSECONDS,
            new SynchronousQueue<>(),
            daemon("background"));
  }

  /** Makes turns of one kind, which have not begun. */
  Turns turns(String name, Runnable step, Duration every) {
    return new Turns(this, name, step, every);
  }

  /** {@inheritDoc} It never waits for other work. */
  @Override
  public void run(Runnable work) {
    workers.execute(work);
  }

  @Override
  public Future<?> later(Duration delay, Runnable shortWork) {
    return timer.schedule(shortWork, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the threads when what they do is done. The turns must have been closed before. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
  }

  /**
   * Whichever thread makes them, they keep nothing of it, and have the class loader of the start.
   */
  private static ThreadFactory daemon(String name) {
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    ThreadFactory threads =
        Thread.ofPlatform().daemon().name(name).inheritInheritableThreadLocals(false).factory();
    return work -> {
      Thread thread = threads.newThread(work);
      thread.setContextClassLoader(usual);
      return thread;
    };
  }
}
