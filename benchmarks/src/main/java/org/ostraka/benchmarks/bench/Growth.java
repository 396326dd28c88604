package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** Uniform reads of a small table and of a large one, on a server each. One thread. */
final class Growth {
  private static final double LEAST = 0.35;

  private final BenchOptions options;
  private final Servers servers;
  private final Contest contest;
  private final Output output;

  Growth(BenchOptions options, Servers servers, Contest contest, Output output) {
    this.options = options;
    this.servers = servers;
    this.contest = contest;
    this.output = output;
  }

  /** The goal; not measured unless the options name sizes. */
  Goal goal() throws IOException {
    if (options.growth().isEmpty()) {
      return Goal.atLeast(
          "GetItem at 20 million items over 10 thousand (--growth)", LEAST, "", Double.NaN);
    }
    long small = options.growth().getFirst();
    long large = options.growth().getLast();
    return Goal.atLeast(
        "GetItem at %d items over %d, %d bytes each"
            .formatted(large, small, options.growthShape().bytes()),
        LEAST,
        "",
        ratio(small, large));
  }

  private double ratio(long small, long large) throws IOException {
    try (Target few = servers.ostraka();
        Target many = servers.ostraka()) {
      List<Contest.Entrant> entrants = List.of(entrant(few, small), entrant(many, large));
      Map<String, List<Turn>> turns = contest.run("growth", entrants, options.warmUp());
      output.markdown("### Growth\n\n" + TurnTable.of(turns, 0));
      List<List<Turn>> both = new ArrayList<>(turns.values());
      return Medians.ofRatios(both.getLast(), both.getFirst(), Turn.Figure.PER_SECOND);
    }
  }

  private Contest.Entrant entrant(Target target, long keys) throws IOException {
    ItemShape shape = options.growthShape();
    new Tables(target.endpoint(), shape, keys).prepare(WorkloadKind.GET);
    return new Contest.Entrant(
        keys + " items",
        target,
        new Plans(options, shape, keys)
            .plan(
                target,
                WorkloadKind.GET,
                options.clients().getFirst(),
                Distribution.UNIFORM,
                OptionalDouble.empty()));
  }
}
