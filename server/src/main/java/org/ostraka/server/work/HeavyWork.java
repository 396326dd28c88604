package org.ostraka.server.work;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;

/**
 * Carries out heavy work on a few platform threads. The operating system preempts platform threads;
 * a virtual thread that computes keeps its carrier, and there is one carrier for each processor.
 * Any thread.
 */
public final class HeavyWork {
  private final ExecutorService threads;
  private final Semaphore places;
  private final long patienceNanos;
  private final LongSupplier nanoClock;

  /**
   * Makes a limited number of places.
   *
   * @param threads few threads, which wait only for the disk and for locks of keys
   * @param places the work that may run or wait at the same time
   * @param patience how long work may wait to start
   * @param nanoClock such as {@code System::nanoTime}
   */
  public HeavyWork(ExecutorService threads, int places, Duration patience, LongSupplier nanoClock) {
    this.threads = threads;
    this.places = new Semaphore(places);
    this.patienceNanos = patience.toNanos();
    this.nanoClock = nanoClock;
  }

  /**
   * Does the work when a thread is free, and returns its result.
   *
   * @throws OverloadedException when too much work waits already, or no thread was free in time;
   *     the work was not started
   */
  public <T> T call(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new OverloadedException("too much heavy work waits already");
    }
    try {
      long latest = nanoClock.getAsLong() + patienceNanos;
      return finish(() -> {
        if (nanoClock.getAsLong() > latest) {
          throw new OverloadedException("heavy work waited too long for its turn");
        }
        return work.get();
      });
    } finally {
      places.release();
    }
  }

  /**
   * Does the same as {@link #call} without limit of places and time, for a request that has already
   * changed something.
   */
  public <T> T finish(Supplier<T> work) {
    return outcome(threads.submit(work::get));
  }

  /** Waits to the end, even when interrupted: work that writes may not be abandoned. */
  private static <T> T outcome(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof RuntimeException refused) {
        throw refused;
      }
      if (cause instanceof Error broken) {
        throw broken;
      }
      throw new IllegalStateException("work threw what it cannot throw", failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
