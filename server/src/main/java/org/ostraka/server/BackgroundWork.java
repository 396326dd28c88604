package org.ostraka.server;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.scaling.Scaler;

/**
 * Starts the work that is done beside the requests, on threads that it shares. The parts of the
 * server end it. A step that fails is logged and done again ({@link RecurringStep}).
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

  /**
   * How often the server looks for jobs: changes to archive, tables to restore, exports. A request
   * for one is followed at once.
   */
  private static final Duration JOBS = Duration.ofSeconds(1);

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

  /**
   * The time from the start to the first turn of auto scaling: short enough for the run with which
   * the launcher trains the AOT cache (decision 9).
   */
  private static final Duration FIRST = Duration.ofMillis(500);

  /**
   * How far the first turns of two kinds of work are apart. Kinds that begin at the same time meet
   * again at each turn, and then each one needs a thread of its own, which costs memory.
   */
  private static final Duration APART = Duration.ofMillis(25);

  /** The longest rest of jobs that fail, such as archiving to a service that is away. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(15);

  private final Parts parts;
  private final LongSupplier nanoTime;
  private final SplittableRandom random;
  private final SharedThreads threads;
  private int begun;

  BackgroundWork(Parts parts, LongSupplier nanoTime, SplittableRandom random) {
    this.parts = parts;
    this.nanoTime = nanoTime;
    this.random = random;
    this.threads = parts.add(new SharedThreads());
  }

  /** Starts maintenance: some steps at regular intervals, and once more at the end. */
  void maintain(List<Runnable> steps, Duration every) {
    Runnable maintenance = () -> steps.forEach(Runnable::run);
    parts.add(recurring("maintenance at the end", maintenance, every)::run);
    stopped(threads.turns("maintenance", recurring("maintenance", maintenance, every), every))
        .begin(first(every));
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
    stopped(threads.turns("reloading", recurring("reloading", reload, RELOADING), RELOADING))
        .begin(first(RELOADING));
  }

  /**
   * Starts building indexes: those that a stop interrupted, and new ones at once when the returned
   * object is run.
   *
   * @return to be run when there may be an index to build
   */
  Runnable buildIndexes(IndexBuilder builder) {
    Runnable build =
        recurring("building indexes", () -> builder.run(BackgroundWork::halfOfTheTime), BUILDING);
    Turns turns = parts.add(threads.turns("index-builder", build, BUILDING));
    parts.add(builder::stop);
    turns.now();
    return turns::now;
  }

  /** Starts deleting expired items. */
  void sweep(Sweeper sweeper) {
    Runnable sweep =
        recurring(
            "deleting expired items",
            () -> sweeper.maintain(BackgroundWork::halfOfTheTime),
            SWEEPING);
    Turns turns = parts.add(threads.turns("sweeper", sweep, SWEEPING));
    parts.add(sweeper::stop);
    turns.begin(first(SWEEPING));
  }

  /** Starts delivering changes of tables to those who want them. */
  void deliver(Runnable deliveries) {
    stopped(
            threads.turns(
                "deliveries", recurring("deliveries", deliveries, DELIVERIES), DELIVERIES))
        .begin(first(DELIVERIES));
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
    Runnable step =
        new RecurringStep(
            jobs, new RecurringStep.Rests(JOBS, LONGEST_REST), nanoTime, random.split());
    Turns turns = parts.add(threads.turns(jobs.name(), step, JOBS));
    parts.add(stop::run);
    turns.begin(first(JOBS));
    return turns::now;
  }

  /** Starts auto scaling. */
  void scale(Scaler scaler) {
    stopped(threads.turns("scaling", recurring("auto scaling", scaler::run, SCALING), SCALING))
        .begin(first(FIRST));
  }

  /** Returns when the next kind of work takes its first turn. */
  private Duration first(Duration usual) {
    Duration later = APART.multipliedBy(begun);
    begun++;
    return usual.plus(later);
  }

  /** Returns a step that does not rest longer when it fails. */
  private RecurringStep recurring(String name, Runnable step, Duration every) {
    return new RecurringStep(
        new RecurringStep.Work(name, step),
        new RecurringStep.Rests(every, every),
        nanoTime,
        random.split());
  }

  /** Adds turns that a stop does not wait for. */
  private Turns stopped(Turns turns) {
    parts.add(turns::stop);
    return turns;
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
}
