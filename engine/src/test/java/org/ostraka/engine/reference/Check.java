package org.ostraka.engine.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;

/**
 * A condition on several attributes, which both request forms can say. Immutable.
 *
 * @param tests what is asked of attributes, each of another one; none for anything will do
 * @param joined whether all must hold, or one at least
 */
record Check(List<Test> tests, ConditionalOperator joined) {
  static final Check NONE = new Check(List.of(), ConditionalOperator.AND);

  /** What is asked of one attribute. */
  record Test(String attribute, ComparisonOperator operator, List<AttributeValue> values) {

    boolean holds(Item item) {
      Optional<AttributeValue> found = item.attribute(attribute);
      return switch (operator) {
        case NULL -> found.isEmpty();
        case NOT_NULL -> found.isPresent();
        case NE -> found.isEmpty() || !found.get().equals(values.getFirst());
        case EQ, LE, LT, GE, GT, IN, BETWEEN, CONTAINS, NOT_CONTAINS, BEGINS_WITH ->
            found.isPresent() && holds(found.get());
      };
    }

    private boolean holds(AttributeValue value) {
      AttributeValue first = values.getFirst();
      return switch (operator) {
        case EQ -> value.equals(first);
        case LE -> ValueOrdering.areComparable(value, first) && order(value, first) <= 0;
        case LT -> ValueOrdering.areComparable(value, first) && order(value, first) < 0;
        case GE -> ValueOrdering.areComparable(value, first) && order(value, first) >= 0;
        case GT -> ValueOrdering.areComparable(value, first) && order(value, first) > 0;
        case IN -> values.contains(value);
        case BETWEEN ->
            ValueOrdering.areComparable(value, first)
                && order(value, first) >= 0
                && order(value, values.getLast()) <= 0;
        case CONTAINS -> contains(value, first);
        case NOT_CONTAINS -> !contains(value, first);
        case BEGINS_WITH ->
            value instanceof AttributeValue.S(String text)
                && first instanceof AttributeValue.S(String prefix)
                && text.startsWith(prefix);
        case NE, NULL, NOT_NULL -> throw new AssertionError("answered before");
      };
    }

    private static int order(AttributeValue left, AttributeValue right) {
      return ValueOrdering.INSTANCE.compare(left, right);
    }

    private static boolean contains(AttributeValue value, AttributeValue element) {
      if (value instanceof AttributeValue.S(String text)
          && element instanceof AttributeValue.S(String part)) {
        return text.contains(part);
      }
      return switch (value) {
        case AttributeValue.L list -> list.values().contains(element);
        case AttributeValue.SS set ->
            element instanceof AttributeValue.S(String text) && set.values().contains(text);
        case AttributeValue.NS set ->
            element instanceof AttributeValue.N number && set.values().contains(number.value());
        default -> false;
      };
    }

    private String text(Phrases phrases) {
      String name = phrases.name(attribute);
      List<String> operands = values.stream().map(phrases::value).toList();
      return switch (operator) {
        case EQ -> name + " = " + operands.getFirst();
        case NE -> name + " <> " + operands.getFirst();
        case LE -> name + " <= " + operands.getFirst();
        case LT -> name + " < " + operands.getFirst();
        case GE -> name + " >= " + operands.getFirst();
        case GT -> name + " > " + operands.getFirst();
        case IN -> name + " IN (" + String.join(", ", operands) + ")";
        case BETWEEN -> name + " BETWEEN " + operands.getFirst() + " AND " + operands.getLast();
        case NOT_NULL -> "attribute_exists(" + name + ")";
        case NULL -> "attribute_not_exists(" + name + ")";
        case CONTAINS -> "contains(" + name + ", " + operands.getFirst() + ")";
        case NOT_CONTAINS ->
            "(attribute_exists(%s) AND NOT contains(%s, %s))"
                .formatted(name, name, operands.getFirst());
        case BEGINS_WITH -> "begins_with(" + name + ", " + operands.getFirst() + ")";
      };
    }
  }

  boolean isEmpty() {
    return tests.isEmpty();
  }

  boolean holds(Item item) {
    return switch (joined) {
      case AND -> tests.stream().allMatch(test -> test.holds(item));
      case OR -> tests.isEmpty() || tests.stream().anyMatch(test -> test.holds(item));
    };
  }

  /** The condition as an expression. */
  String expression(Phrases phrases) {
    return tests.stream()
        .map(test -> test.text(phrases))
        .collect(Collectors.joining(" " + joined + " "));
  }

  /** The condition in the older form, each attribute's part made into something. */
  <T> Map<String, T> older(java.util.function.Function<Test, T> making) {
    Map<String, T> conditions = new LinkedHashMap<>();
    tests.forEach(test -> conditions.put(test.attribute(), making.apply(test)));
    return conditions;
  }
}
