package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Condition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExpectedAttribute;

/**
 * Turns the older form's Expected into the condition of an expression. Stateless.
 *
 * <p>"Expected" under "Legacy conditional parameters" in the Developer Guide. The texts are those
 * of dynalite's {@code validations/index.js}.
 */
final class LegacyExpected {
  private LegacyExpected() {}

  /**
   * Returns what must hold of an item; empty when nothing is expected.
   *
   * @throws ValidationException with the service's text: members that exclude each other or are
   *     missing, operands that do not fit their operator
   */
  static Optional<Condition> condition(
      Map<String, ExpectedAttribute> expected, @Nullable ConditionalOperator operator) {
    LegacyConditions.requireCount(expected);
    List<LegacyComparison> comparisons = new ArrayList<>();
    expected.forEach((attribute, each) -> comparisons.add(comparison(attribute, each)));
    return LegacyConditions.joined(comparisons, operator);
  }

  private static LegacyComparison comparison(String attribute, ExpectedAttribute expected) {
    if (expected.value() != null && expected.values() != null) {
      throw invalid("Value and AttributeValueList cannot be used together", attribute);
    }
    return expected.operator() == null
        ? presence(attribute, expected)
        : compared(attribute, expected, expected.operator());
  }

  private static LegacyComparison compared(
      String attribute, ExpectedAttribute expected, ComparisonOperator operator) {
    if (expected.exists() != null) {
      throw invalid("Exists and ComparisonOperator cannot be used together", attribute);
    }
    List<AttributeValue> values = expected.values();
    if (values == null) {
      values = expected.value() == null ? List.of() : List.of(expected.value());
      boolean needsNone =
          operator == ComparisonOperator.NULL || operator == ComparisonOperator.NOT_NULL;
      if (values.isEmpty() && !needsNone) {
        throw invalid(
            "Value or AttributeValueList must be used with ComparisonOperator: " + operator,
            attribute);
      }
    }
    return new LegacyComparison(attribute, operator, values);
  }

  /**
   * Returns the comparison of an attribute that is expected without an operator: its value, or its
   * absence.
   */
  private static LegacyComparison presence(String attribute, ExpectedAttribute expected) {
    if (expected.values() != null) {
      throw invalid("AttributeValueList can only be used with a ComparisonOperator", attribute);
    }
    AttributeValue value = expected.value();
    if (Boolean.FALSE.equals(expected.exists())) {
      if (value != null) {
        throw invalid("Value cannot be used when Exists is false", attribute);
      }
      return new LegacyComparison(attribute, ComparisonOperator.NULL, List.of());
    }
    if (value == null) {
      throw invalid("Value must be provided when Exists is " + expected.exists(), attribute);
    }
    return new LegacyComparison(attribute, ComparisonOperator.EQ, List.of(value));
  }

  private static ValidationException invalid(String problem, String attribute) {
    return ValidationException.ofParameters(problem + " for Attribute: " + attribute);
  }
}
