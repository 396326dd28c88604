package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.Goal.atLeast;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures what it costs to count capacity, to limit it, and to count keys: {@code bin/ostraka
 * bench capacity}. One table of one server has each mode in turn in each round: two processes
 * differ by more than the modes cost, since each is compiled in its own way.
 */
final class CapacityCost {
  private static final String OFF = "off";
  private static final String REPORT = "report";
  private static final String ENFORCE = "enforce";
  private static final String INSIGHTS = "report, with contributor insights";

  private static final double LEAST_WITH_REPORT = 0.96;
  private static final double LEAST_WITH_ENFORCE = 0.92;
  private static final double LEAST_WITH_INSIGHTS = 0.97;

  /** The most that a table may have: with it, nothing is refused here. */
  private static final int WARM_THROUGHPUT = 40_000;

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final Contest contest;

  CapacityCost(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.contest = Contest.of(options, progress);
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");
    try (Target server = servers.ostraka()) {
      Tables tables =
          new Tables(server.endpoint(), options.shape(), options.keys(), WARM_THROUGHPUT);
      for (WorkloadKind kind : List.of(WorkloadKind.GET, WorkloadKind.PUT)) {
        tables.prepare(kind);
        goals(kind, measure(kind, server, tables)).forEach(goal -> goal.addTo(goals));
      }
    }
    output.markdown("### The goals\n\n" + goals);
  }

  private Map<String, List<Turn>> measure(WorkloadKind kind, Target server, Tables tables)
      throws IOException {
    LoadPlan plan =
        new Plans(options, options.shape(), options.keys())
            .plan(
                server,
                kind,
                options.clients().getFirst(),
                Distribution.UNIFORM,
                OptionalDouble.empty());
    List<Contest.Entrant> entrants = new ArrayList<>();
    for (String mode : List.of(OFF, REPORT, ENFORCE)) {
      entrants.add(
          new Contest.Entrant(mode, server, plan, () -> prepare(kind, tables, mode, false)));
    }
    entrants.add(
        new Contest.Entrant(INSIGHTS, server, plan, () -> prepare(kind, tables, REPORT, true)));
    Map<String, List<Turn>> turns = contest.run(kind.title(), entrants, options.warmUp());
    output.markdown(
        "### %s%n%n%s"
            .formatted(kind.title(), TurnTable.of(turns, kind.writtenBytes(options.shape()))));
    return turns;
  }

  private static void prepare(WorkloadKind kind, Tables tables, String mode, boolean insights)
      throws IOException {
    tables.setCapacityMode(kind, mode);
    tables.countKeys(kind, insights);
  }

  private static List<Goal> goals(WorkloadKind kind, Map<String, List<Turn>> turns) {
    return List.of(
        atLeast(
            kind.title() + " with --capacity report, over off",
            LEAST_WITH_REPORT,
            "",
            times(turns, REPORT, OFF)),
        atLeast(
            kind.title() + " with --capacity enforce, over off",
            LEAST_WITH_ENFORCE,
            "",
            times(turns, ENFORCE, OFF)),
        atLeast(
            kind.title() + " with contributor insights, over report",
            LEAST_WITH_INSIGHTS,
            "",
            times(turns, INSIGHTS, REPORT)));
  }

  private static double times(Map<String, List<Turn>> turns, String name, String other) {
    return Medians.ofRatios(
        turns.getOrDefault(name, List.of()),
        turns.getOrDefault(other, List.of()),
        Turn.Figure.PER_SECOND);
  }
}
