package org.ostraka.expression;

import java.util.Arrays;
import java.util.OptionalInt;
import org.ostraka.model.AttributeValue;

/** The comparators of conditions. Immutable. */
public enum Comparison {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** Returns the comparator as expressions write it. */
  public String symbol() {
    return symbol;
  }

  static Comparison of(String symbol) {
    return Arrays.stream(values()).filter(c -> c.symbol.equals(symbol)).findFirst().orElseThrow();
  }

  /** Returns true for the four comparators that need an order. */
  public boolean isOrdering() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Returns the comparator with the same meaning when the operands are exchanged. */
  public Comparison mirrored() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /**
   * Returns whether it holds for two values; an ordering never holds for values of different types.
   */
  public boolean holds(AttributeValue left, AttributeValue right) {
    return switch (this) {
      case EQUAL -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        OptionalInt order = ValueOrder.compare(left, right);
        yield order.isPresent() && holds(order.getAsInt());
      }
    };
  }

  /**
   * Returns whether it holds for operands whose order is {@code order}: negative, zero or positive.
   */
  public boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
