package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyClause;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.AttributeCondition;
import org.ostraka.model.operation.PageRequest;

/** Turns filters and key conditions of the older form into those of expressions. Stateless. */
final class LegacyConditions {
  /** The greatest number of conditions of one filter or Expected, as operators of an expression. */
  private static final int MAX_CONDITIONS = 300;

  private LegacyConditions() {}

  /**
   * Returns the condition of a page's QueryFilter or ScanFilter; empty when there is none or it is
   * empty.
   */
  static Optional<Condition> filter(PageRequest page) {
    return Optional.ofNullable(page.conditions())
        .flatMap(filter -> joined(comparisons(filter), page.operator()));
  }

  /**
   * Returns KeyConditions as clauses.
   *
   * @throws ValidationException with the service's text: operands that do not fit their operator,
   *     or no condition at all
   */
  static List<KeyClause> keyClauses(Map<String, AttributeCondition> conditions) {
    List<LegacyComparison> comparisons = comparisons(conditions);
    if (comparisons.isEmpty()) {
      throw new ValidationException("Conditions can be of length 1 or 2 only");
    }
    return comparisons.stream().map(LegacyConditions::keyClause).toList();
  }

  /**
   * Refuses a ConditionalOperator that has fewer than two conditions to join.
   *
   * @param conditions the conditions that it is for; null for none
   */
  static void refuseNeedless(
      @Nullable ConditionalOperator operator, @Nullable Map<String, ?> conditions) {
    if (operator == null) {
      return;
    }
    if (conditions == null || conditions.isEmpty()) {
      throw new ValidationException(
          "ConditionalOperator cannot be used without Filter or Expected");
    }
    if (conditions.size() == 1) {
      throw new ValidationException(
          "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }
  }

  /** Joins the conditions: all of them must hold, or at least one. Empty when there are none. */
  static Optional<Condition> joined(
      List<LegacyComparison> comparisons, @Nullable ConditionalOperator operator) {
    List<Condition> conditions = comparisons.stream().map(LegacyComparison::condition).toList();
    if (conditions.size() < 2) {
      return conditions.stream().findFirst();
    }
    return Optional.of(
        operator == ConditionalOperator.OR
            ? new Condition.Or(conditions)
            : new Condition.And(conditions));
  }

  private static List<LegacyComparison> comparisons(Map<String, AttributeCondition> conditions) {
    requireCount(conditions);
    List<LegacyComparison> comparisons = new ArrayList<>();
    conditions.forEach((attribute, condition) -> {
      List<AttributeValue> values = condition.values() == null ? List.of() : condition.values();
      comparisons.add(new LegacyComparison(attribute, condition.operator(), values));
    });
    return comparisons;
  }

  /**
   * Refuses more conditions than an expression can have, since they cost time for every item that
   * is read. No source has the service's text or its limit.
   */
  static void requireCount(Map<String, ?> conditions) {
    if (conditions.size() > MAX_CONDITIONS) {
      throw ValidationException.ofParameters(
          "The number of conditions exceeds the maximum" + " of " + MAX_CONDITIONS);
    }
  }

  private static KeyClause keyClause(LegacyComparison comparison) {
    List<AttributeValue> values = comparison.values();
    KeyTest test =
        switch (comparison.operator()) {
          case EQ -> new KeyTest.Compare(Comparison.EQUAL, values.getFirst());
          case LE -> new KeyTest.Compare(Comparison.LESS_OR_EQUAL, values.getFirst());
          case LT -> new KeyTest.Compare(Comparison.LESS, values.getFirst());
          case GE -> new KeyTest.Compare(Comparison.GREATER_OR_EQUAL, values.getFirst());
          case GT -> new KeyTest.Compare(Comparison.GREATER, values.getFirst());
          case BETWEEN -> new KeyTest.Between(values.getFirst(), values.getLast());
          case BEGINS_WITH -> new KeyTest.BeginsWith(values.getFirst());
          case NE, IN, NULL, NOT_NULL, CONTAINS, NOT_CONTAINS -> new KeyTest.NotIndexable(values);
        };
    return new KeyClause(comparison.attribute(), test);
  }
}
