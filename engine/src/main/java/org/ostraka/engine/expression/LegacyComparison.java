package org.ostraka.engine.expression;

import java.util.List;
import java.util.Set;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Operand;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.error.ValidationException;

/**
 * One comparison of the older form, whose operands fit its operator. Immutable.
 *
 * <p>"Legacy conditional parameters" in the Developer Guide. The texts are those of dynalite's
 * {@code validations/index.js}; operators treat a missing attribute as in the DAX clients, which
 * turn the older form into expressions.
 */
record LegacyComparison(
    String attribute, ComparisonOperator operator, List<AttributeValue> values) {
  /** The greatest number of values of one IN, as in an expression. */
  private static final int MAX_CANDIDATES = 100;

  private static final Set<AttributeType> ORDERED =
      Set.of(AttributeType.S, AttributeType.N, AttributeType.B);
  private static final Set<AttributeType> WITH_BEGINNING = Set.of(AttributeType.S, AttributeType.B);
  private static final Set<AttributeType> ANY = Set.of(AttributeType.values());

  /**
   * Checks the number of the operands, that they are of one type, and that the operator takes this
   * type.
   *
   * @throws ValidationException with the service's text
   */
  LegacyComparison {
    values = List.copyOf(values);
    requireCount(operator, values.size());
    requireOneType(values);
    requireType(operator, values);
    requireBounds(operator, values);
  }

  /** Returns the comparison as a condition of an expression. */
  Condition condition() {
    Path path = Path.of(attribute);
    Operand operand = new Operand.Attribute(path);
    return switch (operator) {
      case EQ -> compare(Comparison.EQUAL);
      case NE -> compare(Comparison.NOT_EQUAL);
      case LE -> compare(Comparison.LESS_OR_EQUAL);
      case LT -> compare(Comparison.LESS);
      case GE -> compare(Comparison.GREATER_OR_EQUAL);
      case GT -> compare(Comparison.GREATER);
      case IN ->
          new Condition.In(operand, values.stream().<Operand>map(Operand.Literal::new).toList());
      case BETWEEN -> new Condition.Between(operand, literal(0), literal(1));
      case NOT_NULL -> new Condition.AttributeExists(path);
      case NULL -> new Condition.AttributeNotExists(path);
      case CONTAINS -> new Condition.Contains(operand, literal(0));
      case NOT_CONTAINS ->
          // Unlike <>, it does not hold when the attribute is missing.
          new Condition.And(
              List.of(
                  new Condition.AttributeExists(path),
                  new Condition.Not(new Condition.Contains(operand, literal(0)))));
      case BEGINS_WITH -> new Condition.BeginsWith(operand, literal(0));
    };
  }

  private Condition compare(Comparison comparison) {
    return new Condition.Compare(comparison, Operand.attribute(attribute), literal(0));
  }

  private Operand literal(int index) {
    return new Operand.Literal(values.get(index));
  }

  private static void requireCount(ComparisonOperator operator, int count) {
    boolean fits =
        switch (operator) {
          case NULL, NOT_NULL -> count == 0;
          case BETWEEN -> count == 2;
          case IN -> count >= 1 && count <= MAX_CANDIDATES;
          case EQ, NE, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> count == 1;
        };
    if (!fits) {
      throw ValidationException.ofParameters(
          "Invalid number of argument(s) for the " + operator + " ComparisonOperator");
    }
  }

  private static void requireOneType(List<AttributeValue> values) {
    if (values.stream().map(AttributeType::of).distinct().count() > 1) {
      throw ValidationException.ofParameters(
          "AttributeValues inside AttributeValueList must be of same type");
    }
  }

  private static void requireType(ComparisonOperator operator, List<AttributeValue> values) {
    Set<AttributeType> allowed =
        switch (operator) {
          case EQ, NE, NULL, NOT_NULL -> ANY;
          case LE, LT, GE, GT, BETWEEN, IN, CONTAINS, NOT_CONTAINS -> ORDERED;
          case BEGINS_WITH -> WITH_BEGINNING;
        };
    for (AttributeValue value : values) {
      AttributeType type = AttributeType.of(value);
      if (!allowed.contains(type)) {
        throw ValidationException.ofParameters(
            "ComparisonOperator "
                + operator
                + " is not valid for "
                + type
                + " AttributeValue type");
      }
    }
  }

  private static void requireBounds(ComparisonOperator operator, List<AttributeValue> values) {
    if (operator == ComparisonOperator.BETWEEN && areReversed(values.get(0), values.get(1))) {
      throw new ValidationException(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private static boolean areReversed(AttributeValue lower, AttributeValue upper) {
    return Comparison.GREATER.holds(lower, upper);
  }
}
