package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** All servers under all workloads: {@code bin/ostraka bench}. One thread. */
final class Comparison {
  /** Later numbers of clients find the code compiled: their warm-up is this much shorter. */
  private static final int LATER_WARM_UP = 4;

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final Contest contest;

  Comparison(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.contest = Contest.of(options, progress);
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()));
    output.markdown(conditions());
    try (Field field = Field.open(options, servers, options.wantsDynalite(), progress)) {
      for (WorkloadKind kind : options.kinds()) {
        compare(field, kind);
      }
      output.markdown("### The servers\n\n" + ServerTable.of(field.targets()));
    }
    if (options.wantsLimits()) {
      Limits limits = new Limits(servers, options.shape());
      output.markdown("### The disk\n\n" + limits.table(options.rounds(), options.duration()));
    }
  }

  private String conditions() {
    return """
    Medians of %d rounds of %s s, in each of which every server has its turn; %d items of %d bytes \
    with %d attributes; %s. Server CPU and load CPU are processor time an operation. \
    Bytes written are those that the server's process had written to disks, for each byte of an item.
    """
        .formatted(
            options.rounds(),
            MarkdownTable.number(options.duration().toNanos() / 1e9, 1),
            options.keys(),
            options.shape().bytes(),
            options.shape().attributes(),
            options.rate().isPresent()
                ? "open loop, %s operations a second, latencies from when they were due"
                    .formatted(MarkdownTable.number(options.rate().getAsDouble(), 0))
                : "closed loop");
  }

  private void compare(Field field, WorkloadKind kind) throws IOException {
    List<Target> ready = field.ready(kind);
    if (ready.isEmpty()) {
      return;
    }
    List<Target> bare = bare(ready.getFirst(), kind, field.plans());
    try {
      List<Target> all = new ArrayList<>(ready);
      all.addAll(bare);
      BarChart chart = new BarChart(title(kind) + ", operations a second");
      for (int i = 0; i < options.clients().size(); i++) {
        compare(kind, options.clients().get(i), i == 0, all, field.plans(), chart);
      }
      output.picture(kind.title(), chart);
    } finally {
      for (Target target : bare) {
        target.close();
      }
    }
  }

  /** Starts the limits that are measured beside a workload. */
  private List<Target> bare(Target like, WorkloadKind kind, Plans plans) throws IOException {
    List<Target> bare = new ArrayList<>();
    if (options.wantsLimits() && (kind == WorkloadKind.GET || kind == WorkloadKind.PUT)) {
      Limits limits = new Limits(servers, options.shape());
      LoadPlan plan = plans.plan(like, kind, 1);
      bare.add(limits.bareHttp(like, plan));
      if (kind == WorkloadKind.PUT) {
        bare.add(limits.bareRocksDb(like, plan));
      }
    }
    return bare;
  }

  private void compare(
      WorkloadKind kind,
      int clients,
      boolean first,
      List<Target> targets,
      Plans plans,
      BarChart chart)
      throws IOException {
    String heading = title(kind) + ", " + clients + (clients == 1 ? " client" : " clients");
    List<Contest.Entrant> entrants =
        targets.stream()
            .map(target ->
                new Contest.Entrant(target.name(), target, plans.plan(target, kind, clients)))
            .toList();
    Map<String, List<Turn>> turns =
        contest.run(
            heading,
            entrants,
            first ? options.warmUp() : options.warmUp().dividedBy(LATER_WARM_UP));
    output.markdown(
        "### %s\n\n%s".formatted(heading, TurnTable.of(turns, kind.writtenBytes(options.shape()))));
    List<BarChart.Bar> bars = new ArrayList<>();
    turns.forEach(
        (name, all) -> bars.add(new BarChart.Bar(name, Medians.of(all, Turn.Figure.PER_SECOND))));
    chart.group(clients + (clients == 1 ? " client" : " clients"), bars);
  }

  private String title(WorkloadKind kind) {
    return kind.title() + ", " + options.distribution(kind) + " keys";
  }
}
