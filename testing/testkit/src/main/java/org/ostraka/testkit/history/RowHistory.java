package org.ostraka.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operations on one row, reduced to those that need a search. Immutable.
 *
 * <p>Values are unique. So an unanswered write whose value nobody saw can be left out: no operation
 * depends on it. An unanswered write whose value was seen did happen, before the end of the first
 * operation that saw it. Only unanswered deletes stay optional.
 */
final class RowHistory {
  private final List<RowStep> steps = new ArrayList<>();
  private final Optional<String> fabricated;

  private RowHistory(List<Recorded<RowOperation>> operations) {
    List<RowStep> all = operations.stream().map(RowStep::of).toList();
    Map<Long, Long> firstSeen = firstSeen(all);
    Set<Long> written = written(all);
    for (RowStep step : all) {
      addIfItMatters(step, firstSeen);
    }
    this.fabricated =
        firstSeen.keySet().stream()
            .filter(value -> value != RowOperation.ABSENT && !written.contains(value))
            .findFirst()
            .map(value -> "value " + value);
  }

  static RowHistory of(List<Recorded<RowOperation>> operations) {
    return new RowHistory(operations);
  }

  /** Returns the steps that the search has to put in order. */
  List<RowStep> steps() {
    return List.copyOf(steps);
  }

  /** Returns a value that was seen although nobody wrote it; empty when there is none. */
  Optional<String> fabricated() {
    return fabricated;
  }

  private void addIfItMatters(RowStep step, Map<Long, Long> firstSeen) {
    if (!step.optional() || (step.changes() && step.value() == RowOperation.ABSENT)) {
      steps.add(step);
    } else if (step.changes() && firstSeen.containsKey(step.value())) {
      steps.add(step.before(firstSeen.get(step.value())));
    }
  }

  /** Returns the earliest end of an operation that certainly saw each value. */
  private static Map<Long, Long> firstSeen(List<RowStep> all) {
    Map<Long, Long> ends = new HashMap<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (RowStep step : all) {
        // An unanswered compare-and-set saw what it expected if its own value was seen.
        long end = step.optional() ? ends.getOrDefault(step.value(), 0L) : step.end();
        boolean saw = step.observes() && (!step.optional() || (step.changes() && end > 0));
        if (saw && end < ends.getOrDefault(step.seen(), Recorded.NEVER)) {
          ends.put(step.seen(), end);
          grown = true;
        }
      }
    }
    return ends;
  }

  private static Set<Long> written(List<RowStep> all) {
    Set<Long> written = new HashSet<>();
    for (RowStep step : all) {
      if (step.changes() && step.value() != RowOperation.ABSENT && !written.add(step.value())) {
        throw new IllegalArgumentException("two writes of a row have the same value");
      }
    }
    return written;
  }
}
