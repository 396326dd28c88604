package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.ExpectedAttribute;
import org.ostraka.model.operation.Substitutions;

/**
 * Writes what the older form says as the texts of expressions, as the Developer Guide translates
 * it; for tests. One thread, one request.
 */
final class OlderFormText {
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  Substitutions substitutions() {
    return new Substitutions(
        names.isEmpty() ? null : Map.copyOf(names), values.isEmpty() ? null : Map.copyOf(values));
  }

  /** One comparison. */
  String comparison(String attribute, ComparisonOperator operator, List<AttributeValue> operands) {
    String name = name(attribute);
    List<String> with = operands.stream().map(this::value).toList();
    return switch (operator) {
      case EQ -> name + " = " + with.getFirst();
      case NE -> name + " <> " + with.getFirst();
      case LT -> name + " < " + with.getFirst();
      case LE -> name + " <= " + with.getFirst();
      case GT -> name + " > " + with.getFirst();
      case GE -> name + " >= " + with.getFirst();
      case BETWEEN -> name + " BETWEEN " + with.getFirst() + " AND " + with.getLast();
      case IN -> name + " IN (" + String.join(", ", with) + ")";
      case NOT_NULL -> exists(name);
      case NULL -> "NOT " + exists(name);
      case CONTAINS -> "contains(" + name + ", " + with.getFirst() + ")";
      case NOT_CONTAINS ->
          exists(name) + " AND NOT contains(" + name + ", " + with.getFirst() + ")";
      case BEGINS_WITH -> "begins_with(" + name + ", " + with.getFirst() + ")";
    };
  }

  /** One expectation of a write. */
  String expectation(String attribute, ExpectedAttribute expected) {
    if (Boolean.FALSE.equals(expected.exists())) {
      return comparison(attribute, ComparisonOperator.NULL, List.of());
    }
    List<AttributeValue> operands = new ArrayList<>();
    if (expected.value() != null) {
      operands.add(expected.value());
    }
    if (expected.values() != null) {
      operands.addAll(expected.values());
    }
    ComparisonOperator operator =
        expected.operator() == null ? ComparisonOperator.EQ : expected.operator();
    return comparison(attribute, operator, operands);
  }

  /** Conditions joined by an operator; none for no conditions. */
  static @Nullable String joined(List<String> conditions, @Nullable ConditionalOperator operator) {
    if (conditions.size() < 2) {
      return conditions.isEmpty() ? null : conditions.getFirst();
    }
    String word = operator == ConditionalOperator.OR ? " OR " : " AND ";
    return conditions.stream().map(each -> "(" + each + ")").collect(Collectors.joining(word));
  }

  /** An update; none where nothing is to change. */
  @Nullable String update(Map<String, AttributeUpdate> updates) {
    Map<String, List<String>> sections = new HashMap<>();
    updates.forEach((attribute, update) -> {
      String name = name(attribute);
      AttributeValue value = update.value();
      if (value == null) {
        section(sections, "REMOVE").add(name);
      } else if (update.action() == AttributeAction.PUT) {
        section(sections, "SET").add(name + " = " + value(value));
      } else if (value instanceof AttributeValue.L) {
        String before = "if_not_exists(" + name + ", " + value(new AttributeValue.L(List.of()));
        section(sections, "SET")
            .add(name + " = list_append(" + before + "), " + value(value) + ")");
      } else {
        section(sections, update.action().name()).add(name + " " + value(value));
      }
    });
    return sections.isEmpty()
        ? null
        : sections.entrySet().stream()
            .map(section -> section.getKey() + " " + String.join(", ", section.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static List<String> section(Map<String, List<String>> sections, String keyword) {
    return sections.computeIfAbsent(keyword, _ -> new ArrayList<>());
  }

  private static String exists(String name) {
    return "attribute_exists(" + name + ")";
  }

  private String name(String attribute) {
    String placeholder = "#" + attribute;
    names.put(placeholder, attribute);
    return placeholder;
  }

  private String value(AttributeValue value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }
}
