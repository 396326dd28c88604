package org.ostraka.expression.partiql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The paths of a SELECT list by their steps, so that many paths cost an item no more than its own
 * names and elements. One thread makes it; any thread may then use it.
 */
final class SelectTree {
  private static final int NO_END = -1;

  private final Map<Path.Step, SelectTree> branches = new LinkedHashMap<>();

  /** The position in the list of the path that ends here; the later position of a repeated path. */
  private int end = NO_END;

  void add(Path path, int index) {
    SelectTree node = this;
    for (Path.Step step : path.steps()) {
      node = node.branches.computeIfAbsent(step, _ -> new SelectTree());
    }
    node.end = index;
  }

  /** Returns the greatest number of paths of which each contains the next. */
  int copies() {
    return (end == NO_END ? 0 : 1)
        + branches.values().stream().mapToInt(SelectTree::copies).max().orElse(0);
  }

  /** Adds the item's values at the paths, by the positions of their paths in the list. */
  void find(Item item, SortedMap<Integer, AttributeValue> found) {
    findEntries(item.attributes(), found);
  }

  private void find(AttributeValue value, SortedMap<Integer, AttributeValue> found) {
    if (end != NO_END) {
      found.put(end, value);
    }
    if (branches.isEmpty()) {
      return;
    }
    if (value instanceof AttributeValue.M(Map<String, AttributeValue> entries)) {
      findEntries(entries, found);
    } else if (value instanceof AttributeValue.L(List<AttributeValue> elements)) {
      findElements(elements, found);
    }
  }

  private void findEntries(
      Map<String, AttributeValue> entries, SortedMap<Integer, AttributeValue> found) {
    if (branches.size() > entries.size()) {
      entries.forEach((name, value) ->
          Optional.ofNullable(branches.get(new Path.Step.Field(name)))
              .ifPresent(branch -> branch.find(value, found)));
      return;
    }
    branches.forEach((step, branch) -> {
      if (step instanceof Path.Step.Field(String name)) {
        Optional.ofNullable(entries.get(name)).ifPresent(value -> branch.find(value, found));
      }
    });
  }

  private void findElements(
      List<AttributeValue> elements, SortedMap<Integer, AttributeValue> found) {
    if (branches.size() > elements.size()) {
      for (int i = 0; i < elements.size(); i++) {
        AttributeValue value = elements.get(i);
        Optional.ofNullable(branches.get(new Path.Step.Index(i)))
            .ifPresent(branch -> branch.find(value, found));
      }
      return;
    }
    branches.forEach((step, branch) -> {
      if (step instanceof Path.Step.Index(long index) && index < elements.size()) {
        branch.find(elements.get((int) index), found);
      }
    });
  }
}
