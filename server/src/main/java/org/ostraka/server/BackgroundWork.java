package org.ostraka.server;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.scaling.Scaler;

/**
 * Starts the work that is done beside the requests, on threads of its own. The parts of the server
 * end it. A step that fails is logged and done again ({@link RecurringStep}).
 */
final class BackgroundWork {
  /**
   * How often the server finishes deletions, stores the sizes of tables, and removes expired
   * tokens.
   */
  static final Duration MAINTENANCE = Duration.ofSeconds(10);

  /**
   * How often the server looks for indexes to build. Nothing signals that a table has become ready
   * for building.
   */
  private static final Duration BUILDING = Duration.ofSeconds(1);

  /** How often the server looks for keys to replace, besides at its start and end. */
  private static final Duration KEY_RENEWAL = Duration.ofHours(1);

  /** How often the server looks for jobs: changes to archive, tables to restore, exports. */
  private static final Duration JOBS = Duration.ofMillis(500);

  /** How often the server looks for changes to deliver: new shards, readers, streams. */
  private static final Duration DELIVERIES = Duration.ofMillis(500);

  /**
   * How often the server looks whether the files of its certificate or of accounts have changed.
   */
  private static final Duration RELOADING = Duration.ofSeconds(5);

  /** How often the server looks for items that have expired. */
  private static final Duration SWEEPING = Duration.ofSeconds(1);

  /** How often the server looks whether provisioned units are to be changed. */
  private static final Duration SCALING = Duration.ofSeconds(5);

  /** The longest rest of jobs that fail, such as archiving to a service that is away. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(15);

  private final Parts parts;
  private final LongSupplier nanoTime;
  private final SplittableRandom random;

  BackgroundWork(Parts parts, LongSupplier nanoTime, SplittableRandom random) {
    this.parts = parts;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Starts maintenance: some steps at regular intervals, and once more at the end. */
  void maintain(List<Runnable> steps, Duration every) {
    Runnable maintenance = () -> steps.forEach(Runnable::run);
    parts.add(recurring("maintenance at the end", maintenance, every)::run);
    ScheduledExecutorService timer =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("maintenance")));
    repeat(timer, recurring("maintenance", maintenance, every), every, every);
  }

  /**
   * Replaces keys at once, since an operator may remove an earlier master key after this start, and
   * then at regular intervals.
   */
  void renewKeys(Runnable renewal) {
    renewal.run();
    maintain(List.of(renewal), KEY_RENEWAL);
  }

  /** Starts reading files that change. */
  void reload(Runnable reload) {
    ScheduledExecutorService timer =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("reloading")));
    repeat(timer, recurring("reloading", reload, RELOADING), RELOADING, RELOADING);
  }

  /**
   * Starts building indexes: those that a stop interrupted, and new ones at once when the returned
   * object is run.
   *
   * @return to be run when there may be an index to build
   */
  Runnable buildIndexes(IndexBuilder builder) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon("index-builder")));
    parts.add(builder::stop);
    Runnable build =
        recurring("building indexes", () -> builder.run(BackgroundWork::halfOfTheTime), BUILDING);
    repeat(executor, build, Duration.ZERO, BUILDING);
    return () -> executor.execute(build);
  }

  /** Starts deleting expired items. */
  void sweep(Sweeper sweeper) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon("sweeper")));
    parts.add(sweeper::stop);
    Runnable sweep =
        recurring(
            "deleting expired items",
            () -> sweeper.maintain(BackgroundWork::halfOfTheTime),
            SWEEPING);
    repeat(executor, sweep, SWEEPING, SWEEPING);
  }

  /** Starts delivering changes of tables to those who want them. */
  void deliver(Runnable deliveries) {
    ScheduledExecutorService executor =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("deliveries")));
    repeat(executor, recurring("deliveries", deliveries, DELIVERIES), DELIVERIES, DELIVERIES);
  }

  /**
   * Starts jobs of one kind, such as exports. The first look for jobs of an earlier process comes a
   * little later, since the first requests come first. Jobs that fail rest longer and longer.
   *
   * @param stop makes a job that is under way return soon
   * @return to be run when there is something to do at once
   */
  Runnable runJobs(Runnable jobs, Runnable stop, String name) {
    return runJobs(new RecurringStep.Work(name, jobs), stop);
  }

  /** Starts jobs of one kind, which can list what waits for them. */
  Runnable runJobs(RecurringStep.Work jobs, Runnable stop) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon(jobs.name())));
    parts.add(stop::run);
    Runnable step =
        new RecurringStep(
            jobs, new RecurringStep.Rests(JOBS, LONGEST_REST), nanoTime, random.split());
    repeat(executor, step, JOBS, JOBS);
    return () -> executor.execute(step);
  }

  /** Starts auto scaling. */
  void scale(Scaler scaler) {
    ScheduledExecutorService executor =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("scaling")));
    repeat(executor, recurring("auto scaling", scaler::run, SCALING), SCALING, SCALING);
  }

  /** Returns a step that does not rest longer when it fails. */
  private RecurringStep recurring(String name, Runnable step, Duration every) {
    return new RecurringStep(
        new RecurringStep.Work(name, step),
        new RecurringStep.Rests(every, every),
        nanoTime,
        random.split());
  }

  private static void repeat(
      ScheduledExecutorService executor, Runnable step, Duration first, Duration every) {
    // Its failures are handled within: the handle has nothing to report.
    var _ =
        executor.scheduleWithFixedDelay(
            step, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a step and rests as long as it took, which leaves half of the time to requests. */
  private static boolean halfOfTheTime(BooleanSupplier step) {
    long start = System.nanoTime();
    boolean more = step.getAsBoolean();
    if (more) {
      LockSupport.parkNanos(System.nanoTime() - start);
    }
    return more;
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }
}
