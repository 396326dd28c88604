package org.ostraka.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders of the same writes, as several observers have seen parts of them. Stateless. */
final class WriteOrders {
  private WriteOrders() {}

  /** Returns whether no single order has all of these as its parts. */
  static boolean haveCircle(List<List<String>> orders) {
    Map<String, Set<String>> later = new HashMap<>();
    Map<String, Integer> earlier = new HashMap<>();
    for (List<String> order : orders) {
      order.forEach(id -> earlier.putIfAbsent(id, 0));
      for (int i = 0; i + 1 < order.size(); i++) {
        boolean isNew =
            later.computeIfAbsent(order.get(i), _ -> new HashSet<>()).add(order.get(i + 1));
        if (isNew) {
          earlier.merge(order.get(i + 1), 1, Integer::sum);
        }
      }
    }
    Deque<String> free = new ArrayDeque<>();
    earlier.forEach((id, count) -> {
      if (count == 0) {
        free.add(id);
      }
    });
    int placed = 0;
    while (!free.isEmpty()) {
      placed++;
      for (String next : later.getOrDefault(free.remove(), Set.of())) {
        if (earlier.merge(next, -1, Integer::sum) == 0) {
          free.add(next);
        }
      }
    }
    return placed < earlier.size();
  }
}
