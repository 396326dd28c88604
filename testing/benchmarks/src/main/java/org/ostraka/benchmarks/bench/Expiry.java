package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.ExpiringItems;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures how fast expired items are deleted, and how much writes to another table slow down
 * meanwhile: {@code bin/ostraka bench expiry}. At the end the table must be empty. One thread.
 */
final class Expiry {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** A sweep that takes longer is a failure. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final SplittableRandom random;

  Expiry(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  /**
   * How the items of a table went.
   *
   * @param items how many there were
   * @param building from UpdateTimeToLive to ENABLED
   * @param deleting from ENABLED to an empty table
   */
  private record Sweep(long items, Duration building, Duration deleting) {}

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    try (Target ostraka = servers.ostraka()) {
      URI endpoint = ostraka.endpoint();
      new Tables(endpoint, options.shape(), options.keys()).prepare(WorkloadKind.PUT);
      LoadPlan writes =
          new Plans(options, options.shape(), options.keys())
              .plan(
                  ostraka,
                  WorkloadKind.PUT,
                  options.clients().getFirst(),
                  Distribution.UNIFORM,
                  OptionalDouble.empty());
      if (options.warmUp().isPositive()) {
        var _ = write(writes, options.warmUp());
      }
      LoadResult alone = write(writes, options.duration());
      MarkdownTable table =
          new MarkdownTable(
              "run", "deletions/s", "indexed/s", "writes/s", "times alone", "p50 ms", "p99 ms");
      Sweep idle = sweep(endpoint);
      table.row(
          "without writes",
          perSecond(idle, idle.deleting()),
          perSecond(idle, idle.building()),
          "",
          "",
          "",
          "");
      addRowWithWrites(table, endpoint, writes, alone);
      table.row(
          "writes alone",
          "",
          "",
          number(alone.perSecond(), 0),
          "1.00",
          number(alone.milliseconds(50), 2),
          number(alone.milliseconds(99), 2));
      output.markdown(table.toString());
    }
  }

  private void addRowWithWrites(
      MarkdownTable table, URI endpoint, LoadPlan writes, LoadResult alone) throws IOException {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Sweep> sweeping = executor.submit(() -> sweep(endpoint));
      LoadResult during =
          LoadRun.runUntil(
              writes.lasting(Duration.ZERO, LONGEST),
              random.split(),
              LoadRun.Meter.NONE,
              sweeping::isDone);
      Sweep busy = sweeping.get();
      table.row(
          "with writes",
          perSecond(busy, busy.deleting()),
          perSecond(busy, busy.building()),
          number(during.perSecond(), 0),
          number(during.perSecond() / alone.perSecond(), 2),
          number(during.milliseconds(50), 2),
          number(during.milliseconds(99), 2));
    } catch (ExecutionException failed) {
      throw new IOException("the sweep could not be measured: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private Sweep sweep(URI endpoint) throws IOException {
    new Tables(endpoint, options.shape(), options.keys()).prepareExpiring();
    try (ExpiringItems items = new ExpiringItems(endpoint)) {
      long filled = items.items();
      progress.printf("%d items have expired%n", filled);
      long start = System.nanoTime();
      items.enable();
      while (!items.isEnabled()) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      long enabled = System.nanoTime();
      while (items.items() > 0) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      long end = System.nanoTime();
      items.requireEmpty();
      return new Sweep(filled, Duration.ofNanos(enabled - start), Duration.ofNanos(end - enabled));
    }
  }

  private LoadResult write(LoadPlan writes, Duration duration) throws IOException {
    return LoadRun.run(writes.lasting(Duration.ZERO, duration), random.split(), LoadRun.Meter.NONE);
  }

  private static String perSecond(Sweep sweep, Duration time) {
    return number(sweep.items() * 1e9 / time.toNanos(), 0);
  }
}
