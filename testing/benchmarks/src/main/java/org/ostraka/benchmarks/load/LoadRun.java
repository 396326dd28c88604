package org.ostraka.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs load on a server. One thread calls. */
public final class LoadRun {

  /** Called when the measured time begins and ends. */
  public interface Meter {
    /** A meter that measures nothing. */
    Meter NONE =
        new Meter() {
          @Override
          public void begin() {}

          @Override
          public void end() {}
        };

    /** Called when the measured time begins. */
    void begin();

    /** Called when the measured time is over. */
    void end();
  }

  private LoadRun() {}

  /**
   * Runs a plan to its end.
   *
   * @throws LoadFailedException when any answer was no success
   */
  public static LoadResult run(LoadPlan plan, SplittableRandom random, Meter meter)
      throws IOException {
    return runUntil(plan, random, meter, () -> false);
  }

  /**
   * Runs a plan until {@code isOver} returns true, which is asked every 10 milliseconds, or to the
   * plan's end.
   *
   * @throws LoadFailedException when any answer was no success
   */
  public static LoadResult runUntil(
      LoadPlan plan, SplittableRandom random, Meter meter, BooleanSupplier isOver)
      throws IOException {
    Distribution.Picker picker = plan.distribution().picker(plan.keys());
    long start = System.nanoTime() + connectNanos(plan.clients());
    long measured = start + plan.rampUp().toNanos();
    LoadThread.Window window =
        new LoadThread.Window(start, measured, measured + plan.duration().toNanos());
    List<LoadThread> threads = new ArrayList<>();
    try {
      for (int i = 0; i < plan.threads(); i++) {
        int clients = share(plan.clients(), plan.threads(), i);
        threads.add(new LoadThread(plan, clients, picker, random.split(), window));
      }
      Tally tally = runAll(threads, window, meter, isOver);
      return result(tally, Duration.ofNanos(window.end() - window.measured()));
    } finally {
      for (LoadThread thread : threads) {
        thread.close();
      }
    }
  }

  /** Returns the number of clients of this thread. */
  static int share(int clients, int threads, int thread) {
    return clients / threads + (thread < clients % threads ? 1 : 0);
  }

  private static Tally runAll(
      List<LoadThread> threads, LoadThread.Window window, Meter meter, BooleanSupplier isOver)
      throws IOException {
    Tally all = new Tally();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads.size())) {
      List<Future<Tally>> running = new ArrayList<>();
      threads.forEach(thread -> running.add(executor.submit(thread)));
      await(window.measured(), running, isOver);
      meter.begin();
      await(window.end(), running, isOver);
      window.endBy(System.nanoTime());
      meter.end();
      for (Future<Tally> thread : running) {
        all.add(tallyOf(thread));
      }
    }
    return all;
  }

  /** Waits until this time, until a thread has failed, or until the run is over. */
  private static void await(long nanos, List<Future<Tally>> running, BooleanSupplier isOver) {
    while (System.nanoTime() - nanos < 0
        && !isOver.getAsBoolean()
        && running.stream().noneMatch(thread -> thread.state() == Future.State.FAILED)) {
      LockSupport.parkNanos(Math.min(nanos - System.nanoTime(), 10_000_000));
    }
  }

  private static Tally tallyOf(Future<Tally> thread) throws IOException {
    try {
      return thread.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  private static LoadResult result(Tally tally, Duration elapsed) throws LoadFailedException {
    if (tally.errors() > 0) {
      throw new LoadFailedException(
          tally.errors()
              + " answers were no success, the first: "
              + tally.firstError().orElse("unknown"));
    }
    return new LoadResult(tally.latencies(), tally.finished(), tally.receivedBytes(), elapsed);
  }

  /** Returns the time to open connections before the ramp-up begins. */
  private static long connectNanos(int clients) {
    return clients * 100_000L;
  }
}
