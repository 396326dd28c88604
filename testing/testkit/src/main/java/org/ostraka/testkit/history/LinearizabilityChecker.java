package org.ostraka.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks that each row behaved as if its operations had happened one at a time, each between its
 * beginning and its end. Stateless.
 *
 * <p>Linearizability is M. Herlihy and J. Wing, "Linearizability: A Correctness Condition for
 * Concurrent Objects", ACM TOPLAS 12(3), 1990. It is a local property: a history is linearizable if
 * the history of each row is. So the checker takes one row after the other.
 */
public final class LinearizabilityChecker {
  private LinearizabilityChecker() {}

  /**
   * Describes the first row whose operations have no legal order; empty when there is none.
   *
   * @throws IllegalArgumentException if two writes of a row have the same value
   */
  public static Optional<String> violation(List<Recorded<RowOperation>> history) {
    Map<String, List<Recorded<RowOperation>>> rows = new TreeMap<>();
    for (Recorded<RowOperation> operation : history) {
      rows.computeIfAbsent(operation.operation().row(), _ -> new ArrayList<>()).add(operation);
    }
    for (Map.Entry<String, List<Recorded<RowOperation>>> row : rows.entrySet()) {
      Optional<String> violation = violationOfRow(row.getKey(), row.getValue());
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> violationOfRow(
      String row, List<Recorded<RowOperation>> operations) {
    RowHistory history = RowHistory.of(operations);
    if (history.fabricated().isPresent()) {
      return Optional.of("row " + row + ": never written, but seen: " + history.fabricated().get());
    }
    LinearizationSearch search = new LinearizationSearch(history.steps());
    if (search.succeeds()) {
      return Optional.empty();
    }
    List<Recorded<RowOperation>> sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Recorded::begin));
    return Optional.of(
        "row %s is not linearizable: no order explains the operations up to moment %d, among %s"
            .formatted(row, search.farthest(), around(sorted, search.farthest())));
  }

  /** Returns the operations just before the moment, which show the contradiction. */
  private static List<Recorded<RowOperation>> around(
      List<Recorded<RowOperation>> sorted, long moment) {
    int shown = 24;
    List<Recorded<RowOperation>> before =
        sorted.stream().filter(operation -> operation.begin() <= moment).toList();
    return before.subList(Math.max(0, before.size() - shown), before.size());
  }
}
