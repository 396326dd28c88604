package org.ostraka.expression;

import java.util.List;
import java.util.stream.Stream;
import org.ostraka.model.Item;

/**
 * A condition or filter that an item is tested with, given as an expression or in one of the older
 * request forms. Immutable.
 *
 * <p>"Condition and filter expressions, operators, and functions" in the Developer Guide.
 */
public sealed interface Condition {

  /** True when all of two or more conditions hold. */
  record And(List<Condition> conditions) implements Condition {
    public And {
      conditions = severalOf(conditions);
    }
  }

  /** True when at least one of two or more conditions holds. */
  record Or(List<Condition> conditions) implements Condition {
    public Or {
      conditions = severalOf(conditions);
    }
  }

  record Not(Condition condition) implements Condition {}

  record Compare(Comparison comparison, Operand left, Operand right) implements Condition {}

  /** At least {@code lower} and at most {@code upper}. */
  record Between(Operand operand, Operand lower, Operand upper) implements Condition {}

  /** Equal to one of the candidates. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
      if (candidates.isEmpty()) {
        throw new IllegalArgumentException("IN has at least one candidate");
      }
    }
  }

  record AttributeExists(Path path) implements Condition {}

  record AttributeNotExists(Path path) implements Condition {}

  record HasType(Path path, AttributeType type) implements Condition {}

  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  record Contains(Operand operand, Operand element) implements Condition {}

  /** Returns whether it holds for the item; an absent item is passed as one without attributes. */
  default boolean holds(Item item) {
    return ConditionEvaluation.holds(this, item);
  }

  /** Returns the number of comparisons and functions; each candidate of an IN counts as one. */
  default int size() {
    return switch (this) {
      case And(List<Condition> conditions) -> conditions.stream().mapToInt(Condition::size).sum();
      case Or(List<Condition> conditions) -> conditions.stream().mapToInt(Condition::size).sum();
      case Not(Condition condition) -> condition.size();
      case In(_, List<Operand> candidates) -> candidates.size();
      case AttributeExists _,
          AttributeNotExists _,
          HasType _,
          Compare _,
          Between _,
          BeginsWith _,
          Contains _ ->
          1;
    };
  }

  /** Returns all paths of the condition, in the order in which they are written. */
  default Stream<Path> paths() {
    return switch (this) {
      case And(List<Condition> conditions) -> conditions.stream().flatMap(Condition::paths);
      case Or(List<Condition> conditions) -> conditions.stream().flatMap(Condition::paths);
      case Not(Condition condition) -> condition.paths();
      case AttributeExists(Path path) -> Stream.of(path);
      case AttributeNotExists(Path path) -> Stream.of(path);
      case HasType(Path path, _) -> Stream.of(path);
      case Compare _, Between _, In _, BeginsWith _, Contains _ ->
          operands().flatMap(Operand::paths);
    };
  }

  /** Returns the operands of the condition; empty if it has none or is made of other conditions. */
  private Stream<Operand> operands() {
    return switch (this) {
      case Compare(_, Operand left, Operand right) -> Stream.of(left, right);
      case Between(Operand operand, Operand lower, Operand upper) ->
          Stream.of(operand, lower, upper);
      case In(Operand operand, List<Operand> candidates) ->
          Stream.concat(Stream.of(operand), candidates.stream());
      case BeginsWith(Operand operand, Operand prefix) -> Stream.of(operand, prefix);
      case Contains(Operand operand, Operand element) -> Stream.of(operand, element);
      case And _, Or _, Not _, AttributeExists _, AttributeNotExists _, HasType _ -> Stream.empty();
    };
  }

  private static List<Condition> severalOf(List<Condition> conditions) {
    if (conditions.size() < 2) {
      throw new IllegalArgumentException("AND and OR join two conditions at least");
    }
    return List.copyOf(conditions);
  }
}
