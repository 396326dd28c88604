package org.ostraka.expression;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;

/**
 * The evaluation of conditions on items. Stateless.
 *
 * <p>An attribute that is missing, or of a wrong type, is not an error: the comparison is false,
 * except {@code <>}, which is true (ExtendDB pull request 216, measured on the service).
 */
final class ConditionEvaluation {
  private ConditionEvaluation() {}

  static boolean holds(Condition condition, Item item) {
    return switch (condition) {
      case Condition.And(List<Condition> conditions) -> all(conditions, item);
      case Condition.Or(List<Condition> conditions) -> any(conditions, item);
      case Condition.Not(Condition negated) -> !holds(negated, item);
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          compares(comparison, value(left, item), value(right, item));
      case Condition.Between(Operand operand, Operand lower, Operand upper) ->
          between(value(operand, item), value(lower, item), value(upper, item));
      case Condition.In(Operand operand, List<Operand> candidates) -> in(operand, candidates, item);
      case Condition.AttributeExists(Path path) -> path.lookup(item) != null;
      case Condition.AttributeNotExists(Path path) -> path.lookup(item) == null;
      case Condition.HasType(Path path, AttributeType type) -> hasType(path.lookup(item), type);
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          beginsWith(value(operand, item), value(prefix, item));
      case Condition.Contains(Operand operand, Operand element) ->
          contains(value(operand, item), value(element, item));
    };
  }

  private static boolean all(List<Condition> conditions, Item item) {
    for (Condition condition : conditions) {
      if (!holds(condition, item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean any(List<Condition> conditions, Item item) {
    for (Condition condition : conditions) {
      if (holds(condition, item)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable AttributeValue value(Operand operand, Item item) {
    return switch (operand) {
      case Operand.Attribute(Path path) -> path.lookup(item);
      case Operand.Literal(AttributeValue value) -> value;
      case Operand.Size(Operand of) -> {
        AttributeValue value = value(of, item);
        yield value == null ? null : size(value);
      }
      case Operand.Truth(Condition of) -> new AttributeValue.Bool(holds(of, item));
    };
  }

  /**
   * Returns the result of {@code size()}: bytes, elements, or for text its UTF-16 chars (ExtendDB
   * issue 60, measured on the service); null for the other types.
   */
  private static @Nullable AttributeValue size(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> number(text.length());
      case AttributeValue.B(Bytes bytes) -> number(bytes.sizeBytes());
      case AttributeValue.L(List<AttributeValue> elements) -> number(elements.size());
      case AttributeValue.M(Map<String, AttributeValue> entries) -> number(entries.size());
      case AttributeValue.SS(Set<String> elements) -> number(elements.size());
      case AttributeValue.NS(Set<BigDecimal> elements) -> number(elements.size());
      case AttributeValue.BS(Set<Bytes> elements) -> number(elements.size());
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ -> null;
    };
  }

  private static AttributeValue number(int size) {
    return new AttributeValue.N(BigDecimal.valueOf(size));
  }

  private static boolean compares(
      Comparison comparison, @Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (left == null || right == null) {
      return comparison == Comparison.NOT_EQUAL;
    }
    return comparison.holds(left, right);
  }

  private static boolean between(
      @Nullable AttributeValue value,
      @Nullable AttributeValue lower,
      @Nullable AttributeValue upper) {
    return compares(Comparison.GREATER_OR_EQUAL, value, lower)
        && compares(Comparison.LESS_OR_EQUAL, value, upper);
  }

  private static boolean in(Operand operand, List<Operand> candidates, Item item) {
    AttributeValue value = value(operand, item);
    if (value == null) {
      return false;
    }
    for (Operand candidate : candidates) {
      if (value.equals(value(candidate, item))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(@Nullable AttributeValue value, AttributeType type) {
    return value != null && AttributeType.of(value) == type;
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value instanceof AttributeValue.S(String text)) {
      return prefix instanceof AttributeValue.S(String start) && text.startsWith(start);
    }
    return value instanceof AttributeValue.B(Bytes bytes)
        && prefix instanceof AttributeValue.B(Bytes start)
        && isAt(bytes.array(), start.array(), 0);
  }

  private static boolean contains(
      @Nullable AttributeValue value, @Nullable AttributeValue element) {
    return switch (value) {
      case AttributeValue.S(String text) ->
          element instanceof AttributeValue.S(String part) && Occurrence.of(part, text);
      case AttributeValue.B(Bytes bytes) ->
          element instanceof AttributeValue.B(Bytes part)
              && Occurrence.of(part.array(), bytes.array());
      case AttributeValue.SS(Set<String> elements) ->
          element instanceof AttributeValue.S(String text) && elements.contains(text);
      case AttributeValue.NS(Set<BigDecimal> elements) ->
          element instanceof AttributeValue.N(BigDecimal number) && elements.contains(number);
      case AttributeValue.BS(Set<Bytes> elements) ->
          element instanceof AttributeValue.B(Bytes bytes) && elements.contains(bytes);
      case AttributeValue.L(List<AttributeValue> elements) ->
          element != null && elements.contains(element);
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _, AttributeValue.M _ ->
          false;
      case null -> false;
    };
  }

  private static boolean isAt(byte[] bytes, byte[] part, int start) {
    return start + part.length <= bytes.length
        && Arrays.equals(bytes, start, start + part.length, part, 0, part.length);
  }
}
