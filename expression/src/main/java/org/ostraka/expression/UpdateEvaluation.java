package org.ostraka.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;

/**
 * The evaluation of what an update writes, based on the item before the update. It finds errors in
 * the order of DynamoDB Local 3.3.1, as the Expression Tester of KeyValueStore.com describes it:
 * paths into values that are no map or list, types; then, from the last section to the first, paths
 * whose parents are missing and attributes that are missing; then numbers out of range. One thread.
 */
final class UpdateEvaluation {
  private final Item item;
  private final Update.Form form;

  /**
   * The number of elements in lists and sets made so far. Each takes at least one byte of the item.
   */
  private long made;

  UpdateEvaluation(Item item, Update.Form form) {
    this.item = item;
    this.form = form;
  }

  /** The outcome of an action. */
  private sealed interface Outcome {
    record Write(AttributeValue value) implements Outcome {}

    /** A number whose range is still to be checked. */
    record WriteNumber(BigDecimal number) implements Outcome {}

    record Remove() implements Outcome {}

    record Nothing() implements Outcome {}

    /** A SET that reads an absent value. */
    record Missing() implements Outcome {}
  }

  Item apply(List<UpdateAction> actions) {
    for (UpdateAction action : actions) {
      refuseWrongParent(action.path());
    }
    List<Outcome> outcomes = new ArrayList<>(actions.size());
    for (UpdateAction action : actions) {
      outcomes.add(outcome(action));
    }
    refuseMissing(actions, outcomes);
    PathTree<ItemEdit> edits = new PathTree<>();
    for (int i = 0; i < actions.size(); i++) {
      edits.put(actions.get(i).path(), edit(outcomes.get(i)));
    }
    return ItemEdit.apply(item, edits);
  }

  private void refuseWrongParent(Path path) {
    AttributeValue parent = path.isNested() ? path.lookupParent(item) : null;
    if (parent != null && !ItemEdit.takes(parent, path.steps().getLast())) {
      throw invalidPath();
    }
  }

  private void refuseMissing(List<UpdateAction> actions, List<Outcome> outcomes) {
    int end = actions.size();
    while (end > 0) {
      Class<?> section = actions.get(end - 1).getClass();
      int start = end;
      while (start > 0 && actions.get(start - 1).getClass() == section) {
        start--;
      }
      for (UpdateAction action : actions.subList(start, end)) {
        if (action.path().isNested() && action.path().lookupParent(item) == null) {
          throw invalidPath();
        }
      }
      if (outcomes.subList(start, end).stream().anyMatch(o -> o instanceof Outcome.Missing)) {
        throw new ValidationException(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      end = start;
    }
  }

  private Outcome outcome(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(_, SetValue value) -> set(value);
      case UpdateAction.Remove _ -> new Outcome.Remove();
      case UpdateAction.Add(Path path, AttributeValue value) -> add(path.lookup(item), value);
      case UpdateAction.Delete(Path path, AttributeValue elements) ->
          delete(path.lookup(item), elements);
    };
  }

  private Outcome set(SetValue setValue) {
    return switch (setValue) {
      case SetValue.Plain(UpdateOperand operand) -> {
        AttributeValue value = value(operand);
        if (operand instanceof UpdateOperand.ListAppend && value instanceof AttributeValue.L list) {
          made += list.values().size();
        }
        yield value == null ? new Outcome.Missing() : new Outcome.Write(value);
      }
      case SetValue.Sum(UpdateOperand left, UpdateOperand right) -> {
        BigDecimal a = number(left);
        BigDecimal b = number(right);
        yield a == null || b == null ? new Outcome.Missing() : new Outcome.WriteNumber(a.add(b));
      }
      case SetValue.Difference(UpdateOperand left, UpdateOperand right) -> {
        BigDecimal a = number(left);
        BigDecimal b = number(right);
        yield a == null || b == null
            ? new Outcome.Missing()
            : new Outcome.WriteNumber(a.subtract(b));
      }
    };
  }

  private @Nullable BigDecimal number(UpdateOperand operand) {
    return switch (value(operand)) {
      case AttributeValue.N(BigDecimal number) -> number;
      case null -> null;
      default -> throw incorrectType();
    };
  }

  private @Nullable AttributeValue value(UpdateOperand operand) {
    return switch (operand) {
      case UpdateOperand.Attribute(Path path) -> path.lookup(item);
      case UpdateOperand.Literal(AttributeValue value) -> value;
      case UpdateOperand.IfNotExists(Path path, UpdateOperand otherwise) -> {
        AttributeValue value = path.lookup(item);
        yield value == null ? value(otherwise) : value;
      }
      case UpdateOperand.ListAppend(UpdateOperand first, UpdateOperand second) -> {
        List<AttributeValue> a = list(first);
        List<AttributeValue> b = list(second);
        yield a == null || b == null ? null : appended(a, b);
      }
    };
  }

  private @Nullable List<AttributeValue> list(UpdateOperand operand) {
    return switch (value(operand)) {
      case AttributeValue.L(List<AttributeValue> elements) -> elements;
      case null -> null;
      default -> throw incorrectType();
    };
  }

  private Outcome add(@Nullable AttributeValue current, AttributeValue value) {
    if (current == null) {
      return new Outcome.Write(value);
    }
    if (current instanceof AttributeValue.N(BigDecimal a)
        && value instanceof AttributeValue.N(BigDecimal b)) {
      return new Outcome.WriteNumber(a.add(b));
    }
    if (AttributeType.of(current) != AttributeType.of(value)) {
      throw incorrectType();
    }
    return new Outcome.Write(united(current, value));
  }

  /**
   * Appends a list to another, unless the item is certainly too large already: a hundred lists
   * appended to themselves would take the memory of a thousand items.
   */
  private AttributeValue.L appended(List<AttributeValue> first, List<AttributeValue> second) {
    if (made > Limits.ITEM_BYTES || first.size() > Limits.ITEM_BYTES) {
      return new AttributeValue.L(first);
    }
    return new AttributeValue.L(SetAlgebra.concat(first, second));
  }

  private AttributeValue united(AttributeValue current, AttributeValue more) {
    if (made > Limits.ITEM_BYTES) {
      return current;
    }
    AttributeValue united = SetAlgebra.union(current, more);
    made += SetAlgebra.size(united);
    return united;
  }

  private Outcome delete(@Nullable AttributeValue current, AttributeValue elements) {
    if (current == null) {
      return new Outcome.Nothing();
    }
    if (AttributeType.of(current) != AttributeType.of(elements)) {
      throw incorrectType();
    }
    AttributeValue rest = SetAlgebra.difference(current, elements);
    return rest == null ? new Outcome.Remove() : new Outcome.Write(rest);
  }

  private static ItemEdit edit(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Write(AttributeValue value) -> new ItemEdit.Put(value);
      case Outcome.WriteNumber(BigDecimal number) ->
          new ItemEdit.Put(new AttributeValue.N(NumberRange.check(number)));
      case Outcome.Remove _ -> new ItemEdit.Remove();
      case Outcome.Nothing _ -> new ItemEdit.Keep();
      case Outcome.Missing _ -> throw new AssertionError("refused before");
    };
  }

  private static ValidationException invalidPath() {
    return new ValidationException(
        "The document path provided in the update expression is invalid for update");
  }

  private ValidationException incorrectType() {
    return new ValidationException(form.typeMismatch());
  }
}
