package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The parts of each item that a SELECT returns: everything, or the values at some paths. Immutable.
 *
 * <p>Unlike a projection, it drops the maps and lists around a value: {@code a.b[0]} is returned as
 * the attribute {@code b[0]} (floci pull request 3798; that {@code a.b} is returned as {@code b} is
 * also from dynoxide's {@code executor.rs}). No source covers two values of one name; the later
 * path wins.
 */
public final class SelectList {
  public static final SelectList EVERYTHING = new SelectList(List.of());

  private final List<Path> paths;
  private final List<String> names;
  private final SelectTree tree = new SelectTree();

  /**
   * Makes a list of these paths.
   *
   * @param paths empty for everything
   */
  public SelectList(List<Path> paths) {
    this.paths = List.copyOf(paths);
    this.names = this.paths.stream().map(SelectList::name).toList();
    for (int i = 0; i < this.paths.size(); i++) {
      tree.add(this.paths.get(i), i);
    }
  }

  /** Returns the paths as they were given; empty for everything. */
  public List<Path> paths() {
    return paths;
  }

  public boolean isEverything() {
    return paths.isEmpty();
  }

  /**
   * Returns the most copies of one value in a result: by itself, and within other values that
   * contain it.
   */
  int copies() {
    return tree.copies();
  }

  /** Returns the item's values at the paths; absent ones are left out. */
  public Item of(Item item) {
    if (isEverything()) {
      return item;
    }
    SortedMap<Integer, AttributeValue> byPath = new TreeMap<>();
    tree.find(item, byPath);
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    byPath.forEach((index, value) -> found.put(names.get(index), value));
    return Item.wrap(found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SelectList list && paths.equals(list.paths);
  }

  @Override
  public int hashCode() {
    return paths.hashCode();
  }

  @Override
  public String toString() {
    return "SelectList" + paths;
  }

  /** Returns the path's last name with the indexes that follow it. */
  private static String name(Path path) {
    List<String> indexes = new ArrayList<>();
    int last = path.steps().size() - 1;
    while (path.steps().get(last) instanceof Path.Step.Index index) {
      indexes.addFirst(index.text());
      last--;
    }
    return path.steps().get(last).text() + String.join("", indexes);
  }
}
