package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures reads and writes while tables, the number of tables, items and the number of connections
 * grow. One thread.
 */
final class Growth {
  private static final double LEAST = 0.35;
  private static final List<WorkloadKind> KINDS = List.of(WorkloadKind.GET, WorkloadKind.PUT);
  private static final List<Long> NUMBERS = List.of(10_000L, 1_000_000L);
  private static final List<Integer> SIZES = List.of(100, 1024, 10 << 10, 100 << 10, 400 << 10);
  private static final List<Integer> CONNECTIONS = List.of(64, 1000, 10_000);

  /** The most data for each size of items. */
  private static final long SIZE_BYTES = 64 << 20;

  private final BenchOptions options;
  private final Servers servers;
  private final Contest contest;
  private final Output output;

  /** One measurement. */
  private record Step(String name, WorkloadKind kind, ItemShape shape, long keys, int clients) {}

  Growth(BenchOptions options, Servers servers, Contest contest, Output output) {
    this.options = options;
    this.servers = servers;
    this.contest = contest;
    this.output = output;
  }

  /** Measures everything: {@code bin/ostraka bench growth}. */
  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    items(KINDS);
    tables();
    sizes();
    connections();
  }

  /** Measures the goal of growth, which is not measured unless the options name sizes. */
  Goal goal() throws IOException {
    if (options.growth().isEmpty()) {
      return Goal.atLeast(
          "GetItem at 20 million items over 10 thousand (--growth)", LEAST, "", Double.NaN);
    }
    List<List<Turn>> reads = items(List.of(WorkloadKind.GET));
    return Goal.atLeast(
        "GetItem at %d items over %d, %d bytes each"
            .formatted(
                options.growth().getLast(),
                options.growth().getFirst(),
                options.growthShape().bytes()),
        LEAST,
        "",
        Medians.ofRatios(reads.getLast(), reads.getFirst(), Turn.Figure.PER_SECOND));
  }

  /**
   * Measures tables of growing size; returns the turns of the first workload, from the smallest
   * table to the largest.
   */
  private List<List<Turn>> items(List<WorkloadKind> kinds) throws IOException {
    List<Long> numbers = options.growth().isEmpty() ? NUMBERS : options.growth();
    ItemShape shape = options.growthShape();
    List<List<Turn>> first = new ArrayList<>();
    try (Places places = new Places(options, servers)) {
      for (WorkloadKind kind : kinds) {
        List<Step> steps =
            numbers.stream()
                .map(keys -> new Step(keys + " items", kind, shape, keys, clients()))
                .toList();
        Map<String, List<Turn>> turns =
            measure(places, "%s, items of %d bytes".formatted(kind.title(), shape.bytes()), steps);
        if (first.isEmpty()) {
          first.addAll(turns.values());
        }
      }
    }
    return first;
  }

  private void tables() throws IOException {
    try (Places places = new Places(options, servers)) {
      measure(
          places,
          "GetItem of one table, and of a thousand",
          List.of(
              step("one table", WorkloadKind.GET, clients()),
              step("a thousand", WorkloadKind.GET_MANY, clients())));
      measure(
          places,
          "PutItem to one table, and to a thousand",
          List.of(
              step("one table", WorkloadKind.PUT, clients()),
              step("a thousand", WorkloadKind.PUT_MANY, clients())));
    }
  }

  private void sizes() throws IOException {
    try (Places places = new Places(options, servers)) {
      for (WorkloadKind kind : KINDS) {
        List<Step> steps =
            SIZES.stream()
                .map(bytes ->
                    new Step(
                        bytes + " bytes",
                        kind,
                        new ItemShape(bytes, 1),
                        Math.min(options.keys(), SIZE_BYTES / bytes),
                        clients()))
                .toList();
        measure(places, kind.title() + ", items that grow", steps);
      }
    }
  }

  private void connections() throws IOException {
    try (Places places = new Places(options, servers)) {
      for (WorkloadKind kind : KINDS) {
        List<Step> steps =
            CONNECTIONS.stream()
                .map(number -> step(number + " connections", kind, number))
                .toList();
        measure(places, kind.title() + ", connections that grow", steps);
      }
    }
  }

  private Step step(String name, WorkloadKind kind, int clients) {
    return new Step(name, kind, options.shape(), options.keys(), clients);
  }

  private int clients() {
    return options.clients().getFirst();
  }

  private Map<String, List<Turn>> measure(Places places, String title, List<Step> steps)
      throws IOException {
    List<Contest.Entrant> entrants = new ArrayList<>();
    for (Step step : steps) {
      Place place = places.of(step.shape, step.keys);
      entrants.add(
          new Contest.Entrant(step.name, place.target(), place.plan(step.kind, step.clients)));
    }
    Map<String, List<Turn>> turns = contest.run(title, entrants, options.warmUp());
    output.markdown("### %s%n%n%s".formatted(title, TurnTable.of(turns, 0)));
    return turns;
  }
}
