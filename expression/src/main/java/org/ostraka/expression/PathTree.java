package org.ostraka.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths that do not overlap, each with an object at its end, joined at their common beginnings. One
 * thread while it is built; immutable after.
 */
final class PathTree<T> {
  private final Map<Path.Step, PathTree<T>> branches = new LinkedHashMap<>();
  private @Nullable T end;

  void put(Path path, T atEnd) {
    PathTree<T> node = this;
    for (Path.Step step : path.steps()) {
      if (node.end != null) {
        throw new IllegalArgumentException("paths overlap");
      }
      node = node.branches.computeIfAbsent(step, _ -> new PathTree<>());
    }
    if (node.end != null || !node.branches.isEmpty()) {
      throw new IllegalArgumentException("paths overlap");
    }
    node.end = atEnd;
  }

  /** Returns the branches from here; empty where a path ends. */
  Map<Path.Step, PathTree<T>> branches() {
    return branches;
  }

  /** Returns the object of the path that ends here; null if none does. */
  @Nullable T end() {
    return end;
  }
}
