package org.ostraka.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks strict serializability: decisions over several rows took effect as if one at a time, each
 * between its beginning and its end. Stateless.
 *
 * <p>The graph of dependencies is that of A. Adya, "Weak Consistency: A Generalized Theory and
 * Optimistic Implementations for Distributed Transactions", MIT, 1999: a decision comes before one
 * that replaces what it wrote (ww), before one that saw what it wrote (wr), and before one that
 * replaces what it saw (rw). As in K. Kingsbury and P. Alvaro, "Elle: Inferring Isolation Anomalies
 * from Experimental Observations", PVLDB 14(3), 2020, the order of versions follows from what was
 * seen, and a decision that was over comes before those that began later (rt). A cycle means that
 * no order exists.
 */
public final class SerializabilityChecker {
  private static final int NOBODY = -1;

  private final List<Recorded<Decided>> decisions;
  private final Map<Version, Integer> writers = new HashMap<>();
  private final Map<Version, Integer> replacers = new HashMap<>();

  private SerializabilityChecker(List<Recorded<Decided>> history) {
    this.decisions = happened(history);
  }

  /**
   * Describes what contradicts every order of the decisions; empty when some order explains them.
   *
   * @throws IllegalArgumentException if two decisions give a row the same version
   */
  public static Optional<String> violation(List<Recorded<Decided>> history) {
    SerializabilityChecker checker = new SerializabilityChecker(history);
    return checker.writersViolation().or(checker::cycle);
  }

  /**
   * Returns all decisions except the unanswered ones whose writes nobody saw: it does not matter
   * whether they happened.
   */
  private static List<Recorded<Decided>> happened(List<Recorded<Decided>> history) {
    List<Recorded<Decided>> happened = new ArrayList<>();
    List<Recorded<Decided>> unsure = new ArrayList<>();
    history.forEach(decided -> (decided.isUnknown() ? unsure : happened).add(decided));
    Set<Version> seen = new HashSet<>();
    happened.forEach(decided -> addAll(seen, decided.operation().seen()));
    boolean grown = true;
    while (grown) {
      List<Recorded<Decided>> proven =
          unsure.stream().filter(decided -> isSeen(seen, decided.operation())).toList();
      proven.forEach(decided -> addAll(seen, decided.operation().seen()));
      happened.addAll(proven);
      grown = unsure.removeAll(proven);
    }
    return happened;
  }

  private static void addAll(Set<Version> seen, Map<String, Long> versions) {
    versions.forEach((row, version) -> seen.add(new Version(row, version)));
  }

  private static boolean isSeen(Set<Version> seen, Decided decided) {
    return decided.written().entrySet().stream()
        .anyMatch(write -> seen.contains(new Version(write.getKey(), write.getValue())));
  }

  /**
   * Finds the decisions that wrote and replaced each version; describes a version that two
   * decisions wrote or replaced.
   */
  private Optional<String> writersViolation() {
    for (int i = 0; i < decisions.size(); i++) {
      Decided decided = decisions.get(i).operation();
      for (Map.Entry<String, Long> write : decided.written().entrySet()) {
        Version written = new Version(write.getKey(), write.getValue());
        if (writers.put(written, i) != null || write.getValue() == Decided.UNWRITTEN) {
          throw new IllegalArgumentException("a version is written once: " + written);
        }
        Version replaced =
            new Version(
                write.getKey(), decided.seen().getOrDefault(write.getKey(), Decided.UNWRITTEN));
        Integer other = replacers.put(replaced, i);
        if (other != null) {
          return Optional.of(
              "lost update: %s was replaced by %s and by %s"
                  .formatted(replaced, decisions.get(other), decisions.get(i)));
        }
      }
    }
    return fabricated();
  }

  private Optional<String> fabricated() {
    for (Recorded<Decided> decided : decisions) {
      for (Map.Entry<String, Long> read : decided.operation().seen().entrySet()) {
        Version version = new Version(read.getKey(), read.getValue());
        if (read.getValue() != Decided.UNWRITTEN && !writers.containsKey(version)) {
          return Optional.of("never written, but seen: " + version + " by " + decided);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> cycle() {
    DependencyGraph graph = new DependencyGraph(decisions);
    for (int i = 0; i < decisions.size(); i++) {
      addDependencies(graph, i, decisions.get(i).operation());
    }
    return graph.cycle().map(cycle -> "no order is possible:" + cycle);
  }

  private void addDependencies(DependencyGraph graph, int index, Decided decided) {
    decided
        .seen()
        .forEach((row, number) -> {
          Version version = new Version(row, number);
          boolean replaces = decided.written().containsKey(row);
          link(
              graph,
              writers.getOrDefault(version, NOBODY),
              index,
              (replaces ? "ww on " : "wr on ") + row);
          link(graph, index, replacers.getOrDefault(version, NOBODY), "rw on " + row);
        });
  }

  private static void link(DependencyGraph graph, int from, int to, String why) {
    if (from != NOBODY && to != NOBODY && from != to) {
      graph.link(from, to, why);
    }
  }

  /** A version of a row. */
  private record Version(String row, long number) {
    @Override
    public String toString() {
      return "version " + number + " of row " + row;
    }
  }
}
