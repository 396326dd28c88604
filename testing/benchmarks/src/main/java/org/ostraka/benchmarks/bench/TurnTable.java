package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.util.List;
import java.util.Map;

/** The table of the entrants' medians and of their ratios to the first entrant. Stateless. */
final class TurnTable {

  private TurnTable() {}

  /**
   * Returns the table.
   *
   * @param itemBytes the bytes of items that an operation writes, or 0
   */
  static String of(Map<String, List<Turn>> turns, double itemBytes) {
    String base = turns.keySet().iterator().next();
    MarkdownTable table =
        new MarkdownTable(
            "server",
            "times " + base,
            "operations/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "server CPU us",
            "load CPU us",
            "bytes written/byte");
    List<Turn> baseTurns = turns.getOrDefault(base, List.of());
    turns.forEach((name, all) ->
        table.row(
            name,
            number(Medians.ofRatios(all, baseTurns, Turn.Figure.PER_SECOND), 2),
            number(Medians.of(all, Turn.Figure.PER_SECOND), 0),
            number(Medians.of(all, Turn.Figure.P50), 2),
            number(Medians.of(all, Turn.Figure.P99), 2),
            number(Medians.of(all, Turn.Figure.P999), 2),
            number(Medians.of(all, Turn.Figure.SERVER_CPU), 1),
            number(Medians.of(all, Turn.Figure.OWN_CPU), 1),
            itemBytes == 0 ? "" : number(Medians.of(all, Turn.Figure.WRITTEN) / itemBytes, 2)));
    return table.toString();
  }
}
