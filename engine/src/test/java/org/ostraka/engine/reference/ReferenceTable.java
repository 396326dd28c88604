package org.ostraka.engine.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;

/** A table as a map from keys to items, which says what each operation must do. One thread. */
final class ReferenceTable {
  private final TableKey key;
  private final Map<Item, Item> items = new LinkedHashMap<>();

  ReferenceTable(TableKey key) {
    this.key = key;
  }

  /** Returns whether a query of the table, not of an index, finds one item at most. */
  boolean hasNoSortKey() {
    return key.sort().isEmpty();
  }

  /** What a write comes to. */
  sealed interface Outcome {
    /** It was done. */
    record Done(Optional<Item> before, Optional<Item> after) implements Outcome {}

    /** Its condition did not hold of the item. */
    record ConditionFailed(Optional<Item> item) implements Outcome {}

    /** It cannot be done to the item. */
    record Refused() implements Outcome {}
  }

  /** Removes all items: the table is a new one. */
  void clear() {
    items.clear();
  }

  Outcome put(Item item, Check check) {
    return write(keyOf(item), check, Optional.of(item));
  }

  Outcome delete(Item keyItem, Check check) {
    return write(keyItem, check, Optional.empty());
  }

  Outcome update(Step.Update update) {
    Optional<Item> before = get(update.key());
    Item basis = before.orElse(new Item(Map.of()));
    if (!update.check().holds(basis)) {
      return new Outcome.ConditionFailed(before);
    }
    Map<String, AttributeValue> attributes =
        new LinkedHashMap<>(before.orElse(update.key()).attributes());
    try {
      for (Change change : update.changes()) {
        Optional<AttributeValue> after = change.apply(basis.attribute(change.attribute()));
        attributes.remove(change.attribute());
        after.ifPresent(value -> attributes.put(change.attribute(), value));
      }
    } catch (Change.Mismatch _) {
      return new Outcome.Refused();
    }
    boolean onlyTakesAway =
        !update.changes().isEmpty()
            && update.changes().stream()
                .allMatch(change -> change.action().name().equals("DELETE"));
    if (before.isEmpty() && onlyTakesAway) {
      return new Outcome.Done(before, Optional.empty());
    }
    return write(update.key(), Check.NONE, Optional.of(new Item(attributes)));
  }

  void batch(Step.Batch batch) {
    batch.puts().forEach(item -> put(item, Check.NONE));
    batch.deletes().forEach(keyItem -> delete(keyItem, Check.NONE));
  }

  /** What each action comes to; all of them are done unless one cannot be. */
  List<Outcome> transact(List<Step.Action> actions) {
    Map<Item, Item> before = new LinkedHashMap<>(items);
    List<Outcome> outcomes = actions.stream().map(this::act).toList();
    if (!outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Done)) {
      items.clear();
      items.putAll(before);
    }
    return outcomes;
  }

  private Outcome act(Step.Action action) {
    return switch (action) {
      case Step.Action.Put(_, Item item, Check check) -> put(item, check);
      case Step.Action.Update(Item keyItem, List<Change> changes, Check check) ->
          update(new Step.Update(Step.Form.EXPRESSIONS, keyItem, changes, check));
      case Step.Action.Delete(Item keyItem, Check check) -> delete(keyItem, check);
      case Step.Action.Require(Item keyItem, Check check) -> {
        Optional<Item> found = get(keyItem);
        yield check.holds(found.orElse(new Item(Map.of())))
            ? new Outcome.Done(found, found)
            : new Outcome.ConditionFailed(found);
      }
    };
  }

  Optional<Item> get(Item keyItem) {
    return Optional.ofNullable(items.get(keyItem));
  }

  /** What a table or an index has of all items, in any order. */
  List<Item> all(Optional<NewIndex> index) {
    return items.values().stream().flatMap(item -> entry(index, item).stream()).toList();
  }

  /** The items that share a partition key, with their entries in local indexes, by their sizes. */
  long collectionBytes(Item keyItem, List<NewIndex> local) {
    String partition = key.partition().name();
    return items.values().stream()
        .filter(item -> item.attribute(partition).equals(keyItem.attribute(partition)))
        .mapToLong(item ->
            item.sizeBytes()
                + local.stream()
                    .flatMap(index -> entry(Optional.of(index), item).stream())
                    .mapToLong(Item::sizeBytes)
                    .sum())
        .sum();
  }

  private Optional<Item> entry(Optional<NewIndex> index, Item item) {
    if (index.isEmpty()) {
      return Optional.of(item);
    }
    List<String> keys = keys(index);
    if (!item.attributes().keySet().containsAll(keys)) {
      return Optional.empty();
    }
    List<String> kept = new ArrayList<>(keys);
    key.attributes().forEach(attribute -> kept.add(attribute.name()));
    Optional.ofNullable(index.get().nonKeyAttributes()).ifPresent(kept::addAll);
    return Optional.of("ALL".equals(index.get().projectionType()) ? item : item.only(kept));
  }

  private List<String> keys(Optional<NewIndex> index) {
    return index.isEmpty()
        ? key.attributes().stream().map(AttributeDefinition::name).toList()
        : index.get().keySchema().stream().map(KeySchemaElement::attributeName).toList();
  }

  /** Items of a partition in the order of their sort keys, before any filter. */
  List<Item> partition(Step.Query query) {
    List<String> keys = keys(query.index());
    Stream<Item> found =
        all(query.index()).stream()
            .filter(
                item -> item.attribute(keys.getFirst()).orElseThrow().equals(query.partition()));
    if (keys.size() == 1) {
      return found.toList();
    }
    String sort = keys.getLast();
    Comparator<Item> order =
        Comparator.comparing(
            (Item item) -> item.attribute(sort).orElseThrow(), ValueOrdering.INSTANCE);
    return found
        .filter(item -> query.sort().map(test -> test.holds(sort, item)).orElse(true))
        .sorted(query.forward() ? order : order.reversed())
        .toList();
  }

  Item keyOf(Item item) {
    return item.only(key.attributes().stream().map(AttributeDefinition::name).toList());
  }

  private Outcome write(Item keyItem, Check check, Optional<Item> after) {
    Optional<Item> before = get(keyItem);
    if (!check.holds(before.orElse(new Item(Map.of())))) {
      return new Outcome.ConditionFailed(before);
    }
    if (after.isPresent()) {
      items.put(keyItem, after.get());
    } else {
      items.remove(keyItem);
    }
    return new Outcome.Done(before, after);
  }
}
