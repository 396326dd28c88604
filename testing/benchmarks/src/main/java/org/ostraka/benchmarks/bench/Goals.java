package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.Goal.atLeast;
import static org.ostraka.benchmarks.bench.Goal.atMost;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** Measures the project's goals of speed in one run: {@code bin/ostraka bench goals}. */
final class Goals {
  private static final String UNIFORM = "ostraka, uniform keys";
  private static final String HOT = "ostraka, one hot key";

  /**
   * The goal for a durable write at half of the peak rate is the time of this many syncs and
   * MILLIS.
   */
  private static final int SYNCS = 2;

  private static final double MILLIS = 2;

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final Contest contest;
  private final int clients;
  private final List<Goal> goals = new ArrayList<>();

  Goals(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.contest = Contest.of(options, progress);
    this.clients = options.clients().getFirst();
  }

  /** Measures everything; prints each table when it is complete, and the goals at the end. */
  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    try (Field field = Field.open(options, servers, true, progress)) {
      Target ostraka = field.named(Servers.OSTRAKA).orElseThrow();
      Map<String, List<Turn>> reads = beside(field, ostraka, WorkloadKind.GET);
      Map<String, List<Turn>> writes = beside(field, ostraka, WorkloadKind.PUT);
      throughput(reads, writes);
      atHalfOfPeak(field, ostraka, reads, writes);
      cpu(reads);
      hotKey(field, ostraka);
      output.markdown("### The servers\n\n" + ServerTable.of(field.targets()));
      starts();
      goals.add(atMost("resident memory, idle", 150, " MiB", ServerTable.mib(ostraka.idleBytes())));
    }
    goals.add(new Growth(options, servers, contest, output).goal());
    MarkdownTable table = new MarkdownTable("measure", "goal", "measured", "met");
    goals.forEach(goal -> goal.addTo(table));
    output.markdown("### The goals\n\n" + table);
  }

  /** Runs one workload on all servers and on its limit. */
  private Map<String, List<Turn>> beside(Field field, Target ostraka, WorkloadKind kind)
      throws IOException {
    List<Target> targets = new ArrayList<>(field.ready(kind));
    try (Target bare = bare(field, ostraka, kind)) {
      targets.add(bare);
      List<Contest.Entrant> entrants =
          targets.stream()
              .map(target -> entrant(field, target, kind, target.name(), Distribution.UNIFORM))
              .toList();
      return run(kind.title(), entrants, kind);
    }
  }

  /** Starts the limit of a workload. */
  private Target bare(Field field, Target ostraka, WorkloadKind kind) throws IOException {
    Limits limits = new Limits(servers, options.shape());
    LoadPlan one = field.plans().plan(ostraka, kind, 1);
    return kind == WorkloadKind.GET
        ? limits.bareHttp(ostraka, one)
        : limits.bareRocksDb(ostraka, one);
  }

  private void throughput(Map<String, List<Turn>> reads, Map<String, List<Turn>> writes) {
    goals.add(atLeast("GetItem over bare HTTP server", 0.60, "", times(reads, Limits.BARE_HTTP)));
    goals.add(
        atLeast(
            "durable PutItem over bare RocksDB behind the same HTTP server",
            0.6,
            "",
            times(writes, Limits.BARE_ROCKSDB)));
    goals.add(atLeast("GetItem over dynalite", 3.5, "", times(reads, Dynalite.NAME)));
    goals.add(atLeast("durable PutItem over dynalite", 4, "", times(writes, Dynalite.NAME)));
  }

  private void atHalfOfPeak(
      Field field, Target ostraka, Map<String, List<Turn>> reads, Map<String, List<Turn>> writes)
      throws IOException {
    double syncMillis = syncMillis();
    stalls();
    goals.add(atHalfOfPeak(field, ostraka, WorkloadKind.GET, reads, MILLIS));
    goals.add(atHalfOfPeak(field, ostraka, WorkloadKind.PUT, writes, SYNCS * syncMillis + MILLIS));
  }

  /**
   * Measures the 99th percentile at half of the peak rate, and that of the bare server at the same
   * rate: the time of the bare server is not Ostraka's.
   */
  private Goal atHalfOfPeak(
      Field field, Target ostraka, WorkloadKind kind, Map<String, List<Turn>> closed, double limit)
      throws IOException {
    double rate = Medians.of(turns(closed, Servers.OSTRAKA), Turn.Figure.PER_SECOND) / 2;
    try (Target bare = bare(field, ostraka, kind)) {
      List<Contest.Entrant> entrants =
          Stream.of(ostraka, bare)
              .map(target ->
                  new Contest.Entrant(
                      target.name(),
                      target,
                      field
                          .plans()
                          .plan(
                              target,
                              kind,
                              clients,
                              Distribution.UNIFORM,
                              OptionalDouble.of(rate))))
              .toList();
      Map<String, List<Turn>> open = run(kind.title() + " at half of the peak", entrants, kind);
      String measure =
          "%s p99 at half of the peak rate (%s: %s ms)"
              .formatted(
                  kind.title(),
                  bare.name(),
                  MarkdownTable.number(Medians.of(turns(open, bare.name()), Turn.Figure.P99), 2));
      return atMost(
          measure, limit, " ms", Medians.of(turns(open, Servers.OSTRAKA), Turn.Figure.P99));
    }
  }

  /** Reports how late threads run on this machine when all processors are busy. */
  private void stalls() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    Histogram late = Stalls.measure(processors, options.duration());
    output.markdown(
        "A thread for each processor that only looks at the clock is late by %s ms (p99), %s ms"
                .formatted(millis(late, 99), millis(late, 99.9))
            + " (p99.9).\n");
  }

  private static String millis(Histogram nanos, double percentile) {
    return MarkdownTable.number(nanos.getValueAtPercentile(percentile) / 1e6, 2);
  }

  private double syncMillis() throws IOException {
    Limits limits = new Limits(servers, options.shape());
    double[] millis = new double[options.rounds()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = limits.sync(options.duration()).milliseconds(50);
    }
    double median = Medians.of(Arrays.stream(millis));
    output.markdown(
        "An append of 1 KB with its sync, alone: %s ms.%n"
            .formatted(MarkdownTable.number(median, 2)));
    return median;
  }

  private void cpu(Map<String, List<Turn>> reads) {
    goals.add(
        atMost(
            "CPU time of a GetItem over that of a bare request",
            2.2,
            "",
            Medians.ofRatios(
                turns(reads, Servers.OSTRAKA),
                turns(reads, Limits.BARE_HTTP),
                Turn.Figure.SERVER_CPU)));
  }

  private void hotKey(Field field, Target ostraka) throws IOException {
    WorkloadKind kind = WorkloadKind.ADD;
    field.ready(kind);
    Map<String, List<Turn>> turns =
        run(
            kind.title(),
            List.of(
                entrant(field, ostraka, kind, UNIFORM, Distribution.UNIFORM),
                entrant(field, ostraka, kind, HOT, Distribution.HOT)),
            kind);
    goals.add(
        atLeast(
            "UpdateItem ADD on one hot key over uniform keys",
            0.5,
            "",
            Medians.ofRatios(turns(turns, HOT), turns(turns, UNIFORM), Turn.Figure.PER_SECOND)));
  }

  private void starts() throws IOException {
    double median = servers.medianStart(options.starts(), progress);
    goals.add(atMost("start to first answer, with the AOT cache", 0.45, " s", median));
  }

  private Contest.Entrant entrant(
      Field field, Target target, WorkloadKind kind, String name, Distribution distribution) {
    return new Contest.Entrant(
        name,
        target,
        field.plans().plan(target, kind, clients, distribution, OptionalDouble.empty()));
  }

  private Map<String, List<Turn>> run(
      String title, List<Contest.Entrant> entrants, WorkloadKind kind) throws IOException {
    Map<String, List<Turn>> turns = contest.run(title, entrants, options.warmUp());
    output.markdown(
        "### %s, %d clients%n%n%s"
            .formatted(title, clients, TurnTable.of(turns, kind.writtenBytes(options.shape()))));
    BarChart chart = new BarChart(title + ", operations a second");
    List<BarChart.Bar> bars = new ArrayList<>();
    turns.forEach(
        (name, all) -> bars.add(new BarChart.Bar(name, Medians.of(all, Turn.Figure.PER_SECOND))));
    chart.group(clients + " clients", bars);
    output.picture(title.replaceAll("\\W+", "-"), chart);
    return turns;
  }

  private static double times(Map<String, List<Turn>> turns, String other) {
    return Medians.ofRatios(
        turns(turns, Servers.OSTRAKA), turns(turns, other), Turn.Figure.PER_SECOND);
  }

  /** Returns the turns of an entrant; empty when it was skipped. */
  private static List<Turn> turns(Map<String, List<Turn>> turns, String name) {
    return turns.getOrDefault(name, List.of());
  }
}
