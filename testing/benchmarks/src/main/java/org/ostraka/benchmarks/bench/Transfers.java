package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.benchmarks.load.LoadFailedException;
import org.ostraka.benchmarks.workload.MovedTable;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures how fast a table is backed up, restored, exported and imported: {@code bin/ostraka bench
 * transfer}. Every table that is made must have as many items and bytes as the first. One thread.
 */
final class Transfers {
  private static final String BUCKET = "bench";
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** The items that a full import has to reach each second on two cores. */
  private static final double IMPORT_GOAL = 30_000;

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final MarkdownTable table =
      new MarkdownTable("step", "seconds", "items/s", "MB/s", "items per CPU second", "MB written");

  Transfers(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
  }

  /** Begins work of the server. */
  @FunctionalInterface
  private interface Begin {
    MovedTable.Work work() throws IOException;
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    Path buckets = servers.directory("buckets");
    Files.createDirectories(buckets.resolve(BUCKET));
    try (Target server = servers.ostraka("--buckets", buckets.toString())) {
      long start = System.nanoTime();
      new Tables(server.endpoint(), options.shape(), options.keys()).prepare(WorkloadKind.PUT);
      double seconds = (System.nanoTime() - start) / 1e9;
      // Connected only now: the server closes connections that are idle for long.
      try (MovedTable tables = new MovedTable(server.endpoint())) {
        MovedTable.Contents all = tables.contents(MovedTable.source());
        progress.printf("%d items written in %.0f s%n", all.items(), seconds);
        measure(server, tables, all);
      }
      output.markdown(table.toString());
    }
  }

  private void measure(Target server, MovedTable tables, MovedTable.Contents all)
      throws IOException {
    time("backup", server, all, tables::backup);
    filled("restoring the backup", server, tables, all, tables::restore);
    tables.enableRecovery();
    filled("first base, and restoring it", server, tables, all, tables::restoreLatest);
    time("export, DynamoDB JSON", server, all, () -> tables.export(BUCKET, "DYNAMODB_JSON"));
    double imported =
        filled(
            "import, DynamoDB JSON",
            server,
            tables,
            all,
            target -> tables.importInto(target, BUCKET, "DYNAMODB_JSON"));
    MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");
    Goal.atLeast("full import of DynamoDB JSON", IMPORT_GOAL, "/s", imported).addTo(goals);
    output.markdown(goals.toString());
  }

  /** Begins work of the server that fills this table. */
  @FunctionalInterface
  private interface Fill {
    MovedTable.Work work(String target) throws IOException;
  }

  /** Measures work that fills a table, compares the table with the first one, and drops it. */
  private double filled(
      String step, Target server, MovedTable tables, MovedTable.Contents all, Fill fill)
      throws IOException {
    String target = "ostraka-bench-moved";
    double rate = time(step, server, all, () -> fill.work(target));
    MovedTable.Contents moved = tables.contents(target);
    if (!moved.equals(all)) {
      throw new LoadFailedException("%s: %s instead of %s".formatted(step, moved, all));
    }
    await(tables.drop(target));
    return rate;
  }

  /** Returns the items each second. */
  private double time(String step, Target server, MovedTable.Contents all, Begin begin)
      throws IOException {
    Usage usage = new Usage(server.facts());
    usage.begin();
    long start = System.nanoTime();
    await(begin.work());
    double seconds = (System.nanoTime() - start) / 1e9;
    usage.end();
    double rate = all.items() / seconds;
    double cpuSeconds = usage.serverMicros() / 1e6;
    table.row(
        step,
        number(seconds, 1),
        number(rate, 0),
        number(all.bytes() / seconds / 1e6, 1),
        number(all.items() / cpuSeconds, 0),
        number(usage.writtenBytes() / 1e6, 0));
    progress.printf(
        "%s: %.1f s, %.0f items/s, %.0f items per CPU second%n",
        step, seconds, rate, all.items() / cpuSeconds);
    return rate;
  }

  private static void await(MovedTable.Work work) throws IOException {
    while (!work.isDone()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
