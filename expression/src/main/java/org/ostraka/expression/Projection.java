package org.ostraka.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The parts of an item to return: paths that do not overlap. Immutable.
 *
 * <p>A part keeps the maps and lists around it; lists are compacted, in the order of their indexes
 * (ExtendDB pull requests 33 and 171, measured on the service). Missing parts are left out, with
 * the maps and lists that would then be empty.
 */
public final class Projection {
  private final List<Path> paths;
  private final PathTree<Boolean> tree = new PathTree<>();

  /**
   * Makes the projection to these paths.
   *
   * @throws IllegalArgumentException if one path equals or contains another
   */
  public Projection(List<Path> paths) {
    this.paths = List.copyOf(paths);
    this.paths.forEach(path -> tree.put(path, true));
  }

  /** Returns the paths as they were given. */
  public List<Path> paths() {
    return paths;
  }

  /** Returns the item's parts at the paths. */
  public Item of(Item item) {
    return Item.wrap(entries(item.attributes(), tree));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Projection projection && paths.equals(projection.paths);
  }

  @Override
  public int hashCode() {
    return paths.hashCode();
  }

  @Override
  public String toString() {
    return "Projection" + paths;
  }

  private static @Nullable AttributeValue part(AttributeValue value, PathTree<Boolean> tree) {
    if (tree.end() != null) {
      return value;
    }
    return switch (value) {
      case AttributeValue.M(Map<String, AttributeValue> entries) -> {
        Map<String, AttributeValue> found = entries(entries, tree);
        yield found.isEmpty() ? null : new AttributeValue.M(found);
      }
      case AttributeValue.L(List<AttributeValue> elements) -> {
        List<AttributeValue> found = elements(elements, tree);
        yield found.isEmpty() ? null : new AttributeValue.L(found);
      }
      default -> null;
    };
  }

  private static Map<String, AttributeValue> entries(
      Map<String, AttributeValue> entries, PathTree<Boolean> tree) {
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    if (tree.branches().size() > entries.size()) {
      // Many names then cost an item no more than its own names.
      entries.forEach((name, entry) ->
          keep(name, entry, tree.branches().get(new Path.Step.Field(name)), found));
      return found;
    }
    tree.branches()
        .forEach((step, branch) -> {
          if (step instanceof Path.Step.Field(String name)) {
            keep(name, entries.get(name), branch, found);
          }
        });
    return found;
  }

  private static void keep(
      String name,
      @Nullable AttributeValue entry,
      @Nullable PathTree<Boolean> branch,
      Map<String, AttributeValue> found) {
    AttributeValue part = entry == null || branch == null ? null : part(entry, branch);
    if (part != null) {
      found.put(name, part);
    }
  }

  private static List<AttributeValue> elements(
      List<AttributeValue> elements, PathTree<Boolean> tree) {
    List<AttributeValue> found = new ArrayList<>();
    tree.branches().entrySet().stream()
        .filter(branch -> branch.getKey() instanceof Path.Step.Index)
        .sorted(Comparator.comparingLong(branch -> index(branch.getKey())))
        .filter(branch -> index(branch.getKey()) < elements.size())
        .map(branch -> part(elements.get((int) index(branch.getKey())), branch.getValue()))
        .flatMap(part -> Optional.ofNullable(part).stream())
        .forEach(found::add);
    return found;
  }

  private static long index(Path.Step step) {
    return ((Path.Step.Index) step).index();
  }
}
