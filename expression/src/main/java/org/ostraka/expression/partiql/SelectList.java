package org.ostraka.expression.partiql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * What a SELECT wants of each item: everything, or the values at some paths. Immutable.
 *
 * <p>Unlike a projection, it keeps nothing of the maps and lists around a value: {@code a.b[0]}
 * comes as the attribute {@code b[0]} (floci pull request 3798; that {@code a.b} comes as {@code b}
 * also from dynoxide's {@code executor.rs}). No source tells of two values of one name; the later
 * path wins.
 *
 * @param paths none for everything
 */
public record SelectList(List<Path> paths) {
  public static final SelectList EVERYTHING = new SelectList(List.of());

  public SelectList {
    paths = List.copyOf(paths);
  }

  public boolean isEverything() {
    return paths.isEmpty();
  }

  /** The wanted values that the item has. */
  public Item of(Item item) {
    if (isEverything()) {
      return item;
    }
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    for (Path path : paths) {
      path.find(item).ifPresent(value -> found.put(name(path), value));
    }
    return new Item(found);
  }

  /** The path's last name with the indexes that follow it. */
  private static String name(Path path) {
    int last = path.steps().size() - 1;
    StringBuilder indexes = new StringBuilder();
    while (path.steps().get(last) instanceof Path.Step.Index index) {
      indexes.insert(0, index.text());
      last--;
    }
    return path.steps().get(last).text() + indexes;
  }
}
