package org.ostraka.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** An edit of one place in an item. Immutable. */
sealed interface ItemEdit {

  record Put(AttributeValue value) implements ItemEdit {}

  record Remove() implements ItemEdit {}

  record Keep() implements ItemEdit {}

  /** Returns whether the value is of the type that the step needs: a map or a list. */
  static boolean takes(AttributeValue value, Path.Step step) {
    return switch (step) {
      case Path.Step.Field _ -> value instanceof AttributeValue.M;
      case Path.Step.Index _ -> value instanceof AttributeValue.L;
    };
  }

  /** Returns the item with all edits made at once; the place of each exists or can be created. */
  static Item apply(Item item, PathTree<ItemEdit> edits) {
    return Item.wrap(entries(item.attributes(), edits));
  }

  private static AttributeValue value(@Nullable AttributeValue value, PathTree<ItemEdit> edits) {
    return switch (value) {
      case AttributeValue.M(Map<String, AttributeValue> entries) ->
          new AttributeValue.M(entries(entries, edits));
      case AttributeValue.L(List<AttributeValue> elements) ->
          new AttributeValue.L(elements(elements, edits));
      case null, default -> throw new AssertionError("checked before");
    };
  }

  private static Map<String, AttributeValue> entries(
      Map<String, AttributeValue> entries, PathTree<ItemEdit> edits) {
    Map<String, AttributeValue> edited = new LinkedHashMap<>(entries);
    edits
        .branches()
        .forEach((step, branch) -> {
          String name = ((Path.Step.Field) step).name();
          ItemEdit edit = edit(entries.get(name), branch);
          switch (edit) {
            case Put(AttributeValue value) -> edited.put(name, value);
            case Remove _ -> edited.remove(name);
            case Keep _ -> {}
          }
        });
    return edited;
  }

  /**
   * Returns the list with all edits made. Removed positions are those before the edits; elements
   * past the end are appended in the order of their indexes.
   */
  private static List<AttributeValue> elements(
      List<AttributeValue> elements, PathTree<ItemEdit> edits) {
    List<AttributeValue> edited = new ArrayList<>(elements);
    Set<Integer> removed = new HashSet<>();
    Map<Long, AttributeValue> appended = new TreeMap<>();
    edits
        .branches()
        .forEach((step, branch) -> {
          long index = ((Path.Step.Index) step).index();
          boolean within = index < elements.size();
          ItemEdit edit = edit(within ? elements.get((int) index) : null, branch);
          switch (edit) {
            case Put(AttributeValue value) -> {
              if (within) {
                edited.set((int) index, value);
              } else {
                appended.put(index, value);
              }
            }
            case Remove _ -> {
              if (within) {
                removed.add((int) index);
              }
            }
            case Keep _ -> {}
          }
        });
    return joined(edited, removed, appended);
  }

  private static List<AttributeValue> joined(
      List<AttributeValue> edited, Set<Integer> removed, Map<Long, AttributeValue> appended) {
    List<AttributeValue> joined = new ArrayList<>(edited.size() + appended.size());
    for (int i = 0; i < edited.size(); i++) {
      if (!removed.contains(i)) {
        joined.add(edited.get(i));
      }
    }
    joined.addAll(appended.values());
    return joined;
  }

  private static ItemEdit edit(@Nullable AttributeValue current, PathTree<ItemEdit> branch) {
    return Optional.ofNullable(branch.end()).orElseGet(() -> new Put(value(current, branch)));
  }
}
