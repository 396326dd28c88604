package org.ostraka.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order that decisions must have taken effect in. One thread.
 *
 * <p>The first nodes are the decisions. After them comes a node for the end of each decision that
 * was answered, in the order of the ends. An edge leads from a decision to its end, from an end to
 * the next end, and from an end to each decision that began after it and before the next end. So
 * real time needs three edges for each decision instead of one for each pair.
 */
final class DependencyGraph {
  private static final String REAL_TIME = "rt";

  /** The most nodes of a cycle through which a shorter one is searched. */
  private static final int MAX_STARTS = 50;

  private final List<Recorded<Decided>> decisions;
  private final List<Map<Integer, String>> edges = new ArrayList<>();

  DependencyGraph(List<Recorded<Decided>> decisions) {
    this.decisions = decisions;
    for (int i = 0; i < 2 * decisions.size(); i++) {
      edges.add(new HashMap<>());
    }
    linkMoments();
  }

  void link(int from, int to, String why) {
    edges.get(from).putIfAbsent(to, why);
  }

  /** Returns a cycle, with a line for each decision on it; empty when there is none. */
  Optional<String> cycle() {
    int[] before = new int[edges.size()];
    edges.forEach(targets -> targets.keySet().forEach(to -> before[to]++));
    Deque<Integer> free = new ArrayDeque<>();
    for (int node = 0; node < before.length; node++) {
      if (before[node] == 0) {
        free.add(node);
      }
    }
    int ordered = 0;
    while (!free.isEmpty()) {
      ordered++;
      for (int to : edges.get(free.remove()).keySet()) {
        if (--before[to] == 0) {
          free.add(to);
        }
      }
    }
    return ordered == before.length ? Optional.empty() : Optional.of(shortestCycle(before));
  }

  private void linkMoments() {
    List<Integer> byBegin = sorted(Comparator.comparingLong(i -> decisions.get(i).begin()));
    List<Integer> byEnd = sorted(Comparator.comparingLong(i -> decisions.get(i).end()));
    byEnd.removeIf(i -> decisions.get(i).isUnknown());
    for (int i = 0; i < byEnd.size(); i++) {
      link(byEnd.get(i), moment(i), REAL_TIME);
      if (i > 0) {
        link(moment(i - 1), moment(i), REAL_TIME);
      }
    }
    int over = 0;
    for (int node : byBegin) {
      while (over < byEnd.size() && end(byEnd.get(over)) < decisions.get(node).begin()) {
        over++;
      }
      if (over > 0) {
        link(moment(over - 1), node, REAL_TIME);
      }
    }
  }

  private long end(int node) {
    return decisions.get(node).end();
  }

  private int moment(int number) {
    return decisions.size() + number;
  }

  private List<Integer> sorted(Comparator<Integer> order) {
    List<Integer> nodes = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      nodes.add(i);
    }
    nodes.sort(order);
    return nodes;
  }

  /** Returns the shortest cycle through one of the first nodes of some cycle. */
  private String shortestCycle(int[] before) {
    List<Integer> best = someCycle(before);
    for (int node : best.subList(0, Math.min(best.size(), MAX_STARTS))) {
      List<Integer> cycle = cycleThrough(node);
      best = cycle.size() < best.size() ? cycle : best;
    }
    return describe(best);
  }

  /** Walks back from a node that could not be put in order until it meets a node again. */
  private List<Integer> someCycle(int[] before) {
    int[] predecessor = new int[before.length];
    int node = 0;
    for (int from = 0; from < before.length; from++) {
      for (int to : edges.get(from).keySet()) {
        if (before[from] > 0 && before[to] > 0) {
          predecessor[to] = from;
          node = to;
        }
      }
    }
    List<Integer> path = new ArrayList<>();
    Set<Integer> met = new HashSet<>();
    while (met.add(node)) {
      path.add(node);
      node = predecessor[node];
    }
    return path.subList(path.indexOf(node), path.size()).reversed();
  }

  /** Searches breadth first from a node until it meets the node again. */
  private List<Integer> cycleThrough(int start) {
    Map<Integer, Integer> cameFrom = new HashMap<>();
    Deque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (!queue.isEmpty() && !cameFrom.containsKey(start)) {
      int node = queue.remove();
      for (int to : edges.get(node).keySet()) {
        if (cameFrom.putIfAbsent(to, node) == null) {
          queue.add(to);
        }
      }
    }
    List<Integer> cycle = new ArrayList<>();
    Integer node = cameFrom.get(start);
    while (node != null && node != start) {
      cycle.addFirst(node);
      node = cameFrom.get(node);
    }
    if (node != null) {
      cycle.addFirst(start);
    }
    return cycle;
  }

  private String describe(List<Integer> cycle) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cycle.size(); i++) {
      int node = cycle.get(i);
      if (node < decisions.size()) {
        int next = cycle.get((i + 1) % cycle.size());
        text.append("\n  ").append(decisions.get(node));
        text.append("\n    comes before (").append(edges.get(node).get(next)).append(')');
      }
    }
    return text.toString();
  }
}
