package org.ostraka.delivery.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;

/**
 * The rule {@code {"numeric": [">", 0, "<=", 5]}}: a comparison, or a lower and an upper bound.
 * Immutable.
 */
record NumericRange(List<Bound> bounds) implements Predicate<JsonValue> {
  /** The greatest magnitude that the service compares. */
  private static final BigDecimal MAX = new BigDecimal("5e9");

  private static final int OF_ONE_BOUND = 2;
  private static final int OF_TWO_BOUNDS = 4;

  /** An operator and its operand. */
  private record Bound(String operator, BigDecimal operand) {
    boolean holds(BigDecimal value) {
      int order = value.compareTo(operand);
      return switch (operator) {
        case "=" -> order == 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        default -> throw new IllegalStateException("an operator that was not checked");
      };
    }

    private boolean isLower() {
      return operator.startsWith(">");
    }

    private boolean isUpper() {
      return operator.startsWith("<");
    }
  }

  static NumericRange of(JsonValue operand, String place) {
    if (!(operand instanceof JsonValue.Elements list)
        || (list.values().size() != OF_ONE_BOUND && list.values().size() != OF_TWO_BOUNDS)) {
      throw new JsonSyntaxException(
          place + "numeric is an array of one or two operators, each with a number");
    }
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < list.values().size(); i += 2) {
      bounds.add(bound(list.values().get(i), list.values().get(i + 1), place));
    }
    if (bounds.size() > 1) {
      requireRange(bounds.get(0), bounds.get(1), place);
    }
    return new NumericRange(bounds);
  }

  private static Bound bound(JsonValue operator, JsonValue operand, String place) {
    if (!(operator instanceof JsonValue.Text(String sign))
        || !List.of("=", "<", "<=", ">", ">=").contains(sign)) {
      throw new JsonSyntaxException(place + "an operator of numeric is =, <, <=, > or >=");
    }
    if (!(operand instanceof JsonValue.Numeric(BigDecimal number))
        || number.abs().compareTo(MAX) > 0) {
      throw new JsonSyntaxException(place + "an operand of numeric is a number from -5e9 to 5e9");
    }
    return new Bound(sign, number);
  }

  private static void requireRange(Bound first, Bound second, String place) {
    if (!first.isLower() || !second.isUpper()) {
      throw new JsonSyntaxException(
          place + "two operators of numeric are a lower bound and then an upper bound");
    }
    if (first.operand().compareTo(second.operand()) >= 0) {
      throw new JsonSyntaxException(
          place + "the lower bound of numeric is less than the upper bound");
    }
  }

  @Override
  public boolean test(JsonValue value) {
    return value instanceof JsonValue.Numeric(BigDecimal number)
        && bounds.stream().allMatch(bound -> bound.holds(number));
  }
}
