package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures PutItem on a table with a stream of both images beside one without, how fast streams of
 * one shard and of several are read, and how long a change takes to its readers: {@code bin/ostraka
 * bench streams}. One thread.
 */
final class Streams {
  private static final double LEAST_WRITES = 0.6;
  private static final double LEAST_READ = 100_000;
  private static final double LONGEST_DELAY_MILLISECONDS = 50;

  /** The shards of the stream that is read with a reader for each. */
  private static final int SHARDS = 4;

  /** Items of which a thousand records, the limit of a page, are less than a page's megabyte. */
  private static final ItemShape SMALL = new ItemShape(100, 2);

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final SplittableRandom random;

  Streams(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");
    MarkdownTable readings =
        new MarkdownTable(
            "items",
            "shards and readers",
            "records/s",
            "JSON bytes",
            "server CPU us",
            "reader CPU us");
    try (Target ostraka = servers.ostraka()) {
      measureWrites(ostraka, goals);
      read(ostraka, options.shape(), readings);
      fill(ostraka, SMALL);
      read(ostraka, SMALL, readings);
    }
    try (Target sharded = servers.ostraka("--stream-shards", String.valueOf(SHARDS))) {
      for (ItemShape shape : List.of(options.shape(), SMALL)) {
        fill(sharded, shape);
        double perSecond = read(sharded, shape, readings);
        String measure =
            "records of %d bytes read from a stream of %d shards".formatted(shape.bytes(), SHARDS);
        Goal.atLeast(measure, LEAST_READ, "/s", perSecond).addTo(goals);
      }
    }
    output.markdown("### Reading\n\n" + readings);
    output.markdown("### The goals\n\n" + goals);
  }

  private void measureWrites(Target ostraka, MarkdownTable goals) throws IOException {
    Map<String, List<Turn>> turns = write(ostraka);
    double itemBytes = WorkloadKind.PUT.writtenBytes(options.shape());
    output.markdown("### PutItem\n\n" + TurnTable.of(turns, itemBytes));
    List<Turn> with = turns.getOrDefault(WorkloadKind.PUT_STREAMED.title(), List.of());
    List<Turn> without = turns.getOrDefault(WorkloadKind.PUT.title(), List.of());
    Goal.atLeast(
            "writes with a stream of both images, over writes without",
            LEAST_WRITES,
            "",
            Medians.ofRatios(with, without, Turn.Figure.PER_SECOND))
        .addTo(goals);
    double half = Medians.of(with, Turn.Figure.PER_SECOND) / 2;
    StreamDelay.Delays delays = delays(ostraka, half);
    MarkdownTable table =
        new MarkdownTable("at half load", "p50 ms", "p99 ms", "pages read for a record, at most");
    table.row(
        "from a put to its answer",
        MarkdownTable.number(delays.putMiddle(), 2),
        MarkdownTable.number(delays.put(), 2),
        "");
    table.row(
        "from that answer to the record",
        MarkdownTable.number(delays.middle(), 2),
        MarkdownTable.number(delays.delay(), 2),
        String.valueOf(delays.pages()));
    output.markdown("### Delay\n\n" + table);
    Goal.atMost(
            "from a write's answer to its record, p99 at half load",
            LONGEST_DELAY_MILLISECONDS,
            " ms",
            delays.delay())
        .addTo(goals);
  }

  private StreamDelay.Delays delays(Target ostraka, double rate) throws IOException {
    progress.println("the delay of changes at half load");
    LoadPlan load =
        plan(
            ostraka,
            new Plans(options, options.shape(), options.keys()),
            WorkloadKind.PUT_STREAMED,
            OptionalDouble.of(Math.max(1, rate)));
    return new StreamDelay(ostraka.endpoint(), options.warmUp()).under(load, random.split());
  }

  /**
   * Fills the table with items of a shape, and then writes them again: updates, after insertions.
   */
  private void fill(Target target, ItemShape shape) throws IOException {
    new Tables(target.endpoint(), shape, options.keys()).prepare(WorkloadKind.PUT_STREAMED);
    Plans plans = new Plans(options, shape, options.keys());
    var _ =
        LoadRun.run(
            plan(target, plans, WorkloadKind.PUT_STREAMED, OptionalDouble.empty())
                .lasting(options.warmUp(), options.duration()),
            random.split(),
            LoadRun.Meter.NONE);
  }

  /** Measures reading and returns records a second. */
  private double read(Target target, ItemShape shape, MarkdownTable readings) throws IOException {
    progress.println("reading records of items of " + shape.bytes() + " bytes");
    StreamReaders.Read read = new StreamReaders(target, options).read();
    readings.row(
        "%d bytes".formatted(shape.bytes()),
        String.valueOf(read.shards()),
        MarkdownTable.number(read.perSecond(), 0),
        MarkdownTable.number(read.bytes(), 0),
        MarkdownTable.number(read.serverMicros(), 1),
        MarkdownTable.number(read.ownMicros(), 1));
    return read.perSecond();
  }

  private Map<String, List<Turn>> write(Target ostraka) throws IOException {
    Tables tables = new Tables(ostraka.endpoint(), options.shape(), options.keys());
    tables.prepare(WorkloadKind.PUT);
    tables.prepare(WorkloadKind.PUT_STREAMED);
    Plans plans = new Plans(options, options.shape(), options.keys());
    return Contest.of(options, progress)
        .run(
            "PutItem",
            List.of(
                entrant(ostraka, plans, WorkloadKind.PUT),
                entrant(ostraka, plans, WorkloadKind.PUT_STREAMED)),
            options.warmUp());
  }

  private Contest.Entrant entrant(Target target, Plans plans, WorkloadKind kind) {
    return new Contest.Entrant(
        kind.title(), target, plan(target, plans, kind, OptionalDouble.empty()));
  }

  private LoadPlan plan(Target target, Plans plans, WorkloadKind kind, OptionalDouble rate) {
    return plans.plan(target, kind, options.clients().getFirst(), Distribution.UNIFORM, rate);
  }
}
