package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.AddedIndex;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures how long it takes to add an index to a filled table, and how much writes slow down
 * meanwhile: {@code bin/ostraka bench index}. At the end the index must have as many items as the
 * table. One thread.
 */
final class IndexAddition {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** An index that takes longer is a failure. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final SplittableRandom random;

  IndexAddition(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    try (Target ostraka = servers.ostraka()) {
      new Tables(ostraka.endpoint(), options.shape(), options.keys()).prepare(WorkloadKind.PUT);
      LoadPlan writes =
          new Plans(options, options.shape(), options.keys())
              .plan(
                  ostraka,
                  WorkloadKind.PUT,
                  options.clients().getFirst(),
                  Distribution.UNIFORM,
                  OptionalDouble.empty());
      progress.printf("%d items are there%n", writes.keys().keys());
      measure(ostraka.endpoint(), writes);
    }
  }

  private void measure(URI endpoint, LoadPlan writes) throws IOException {
    if (options.warmUp().isPositive()) {
      write(writes, options.warmUp());
    }
    LoadResult before = write(writes, options.duration());
    try (AddedIndex index = new AddedIndex(endpoint);
        IndexProgress built = new IndexProgress(endpoint)) {
      index.add();
      LoadResult during = writeWhileBuilding(writes, built);
      built.timeToActive();
      LoadResult after = write(writes, options.duration());
      requireComplete(index, writes.keys().keys());
      output.markdown(table(before, during, after));
      output.markdown(building(built, writes.keys().keys()));
    }
  }

  private LoadResult writeWhileBuilding(LoadPlan writes, IndexProgress built) throws IOException {
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      // IndexProgress keeps its failures: the handle reports nothing more.
      var _ = timer.scheduleWithFixedDelay(built, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      return LoadRun.runUntil(
          writes.lasting(Duration.ZERO, LONGEST),
          random.split(),
          LoadRun.Meter.NONE,
          built::isOver);
    }
  }

  private LoadResult write(LoadPlan writes, Duration duration) throws IOException {
    return LoadRun.run(writes.lasting(Duration.ZERO, duration), random.split(), LoadRun.Meter.NONE);
  }

  private static void requireComplete(AddedIndex index, long filled) throws IOException {
    long ofTable = index.countTable();
    long ofIndex = index.countIndex();
    if (ofTable != filled || ofIndex != ofTable) {
      throw new IOException(
          "the table has %d items, its index %d; filled in were %d"
              .formatted(ofTable, ofIndex, filled));
    }
  }

  static String table(LoadResult before, LoadResult during, LoadResult after) {
    MarkdownTable table =
        new MarkdownTable(
            "writes",
            "times before",
            "writes/s",
            "p50 ms",
            "p99 ms",
            "p99, times before",
            "max ms");
    addRow(table, "before the index", before, before);
    addRow(table, "while it is built", during, before);
    addRow(table, "with the index", after, before);
    return table.toString();
  }

  private static void addRow(
      MarkdownTable table, String name, LoadResult measured, LoadResult before) {
    table.row(
        name,
        number(measured.perSecond() / before.perSecond(), 2),
        number(measured.perSecond(), 0),
        number(measured.milliseconds(50), 2),
        number(measured.milliseconds(99), 2),
        number(measured.milliseconds(99) / before.milliseconds(99), 2),
        number(measured.milliseconds(100), 0));
  }

  /** Describes the time to ACTIVE, and when DescribeTable reported each quarter of the items. */
  static String building(IndexProgress built, long items) throws IOException {
    double total = seconds(built.timeToActive());
    StringBuilder text =
        new StringBuilder(
            "From UpdateTable to ACTIVE: %s s, %s items/s. The index has as many items as the table."
                .formatted(number(total, 1), number(items / total, 0)));
    text.append(
        "\nDescribeTable was asked %d times while the index was CREATING; it reported"
            .formatted(built.looks()));
    for (int quarter = 1; quarter <= 3; quarter++) {
      String when =
          built
              .timeTo(items * quarter / 4)
              .map(time -> "after " + number(seconds(time), 1) + " s")
              .orElse("never");
      text.append(
          " %d %% of the items %s%s".formatted(quarter * 25, when, quarter < 3 ? "," : "."));
    }
    return text.append('\n').toString();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
