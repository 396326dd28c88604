package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.Goal.atLeast;
import static org.ostraka.benchmarks.bench.Goal.atMost;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures durable PutItem of one client, of many, and of many on one key; the disk alone; and the
 * time from a start to the first answer: {@code bin/ostraka bench writes}. One thread.
 */
final class DurableWrites {
  private static final String ONE_CLIENT = "1 client";
  private static final double LEAST_MANY = 8;
  private static final double LEAST_HOT = 5;
  private static final double LONGEST_START_SECONDS = 1;

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final Contest contest;
  private final PrintStream progress;

  DurableWrites(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.contest = Contest.of(options, progress);
    this.progress = progress;
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    String many = options.clients().getFirst() + " clients";
    String hot = many + ", one hot key";
    Map<String, List<Turn>> turns = write(many, hot);
    double itemBytes = WorkloadKind.PUT.writtenBytes(options.shape());
    output.markdown("### Durable PutItem\n\n" + TurnTable.of(turns, itemBytes));
    Limits limits = new Limits(servers, options.shape());
    output.markdown("### The disk\n\n" + limits.table(options.rounds(), options.duration()));
    MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");
    atLeast(many + " over one", LEAST_MANY, "", times(turns, many)).addTo(goals);
    atLeast(hot + ", over one client", LEAST_HOT, "", times(turns, hot)).addTo(goals);
    double start = servers.medianStart(options.starts(), progress);
    atMost("start to first answer", LONGEST_START_SECONDS, " s", start).addTo(goals);
    output.markdown("### The goals\n\n" + goals);
  }

  private Map<String, List<Turn>> write(String many, String hot) throws IOException {
    int clients = options.clients().getFirst();
    try (Target ostraka = servers.ostraka()) {
      new Tables(ostraka.endpoint(), options.shape(), options.keys()).prepare(WorkloadKind.PUT);
      Plans plans = new Plans(options, options.shape(), options.keys());
      return contest.run(
          "PutItem",
          List.of(
              entrant(ONE_CLIENT, ostraka, plans, 1, Distribution.UNIFORM),
              entrant(many, ostraka, plans, clients, Distribution.UNIFORM),
              entrant(hot, ostraka, plans, clients, Distribution.HOT)),
          options.warmUp());
    }
  }

  private static Contest.Entrant entrant(
      String name, Target target, Plans plans, int clients, Distribution distribution) {
    return new Contest.Entrant(
        name,
        target,
        plans.plan(target, WorkloadKind.PUT, clients, distribution, OptionalDouble.empty()));
  }

  private static double times(Map<String, List<Turn>> turns, String name) {
    return Medians.ofRatios(
        turns.getOrDefault(name, List.of()),
        turns.getOrDefault(ONE_CLIENT, List.of()),
        Turn.Figure.PER_SECOND);
  }
}
