package org.ostraka.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ostraka.model.AttributeValue;

/**
 * A printer that writes trees as text and collects the placeholders that the text needs. One
 * thread.
 */
final class ExpressionPrinter {
  private final Map<String, String> placeholdersByName = new LinkedHashMap<>();
  private final Map<AttributeValue, String> placeholdersByValue = new LinkedHashMap<>();

  ExpressionText finish(String text) {
    Map<String, String> names = new LinkedHashMap<>();
    placeholdersByName.forEach((name, placeholder) -> names.put(placeholder, name));
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    placeholdersByValue.forEach((value, placeholder) -> values.put(placeholder, value));
    return new ExpressionText(text, new Placeholders(names, values));
  }

  <T> String list(List<T> elements, Function<T, String> printer) {
    return elements.stream().map(printer).collect(Collectors.joining(", "));
  }

  String condition(Condition condition) {
    return switch (condition) {
      case Condition.Or(List<Condition> conditions) -> joined(" OR ", conditions);
      case Condition.And(List<Condition> conditions) -> joined(" AND ", conditions);
      case Condition.Not(Condition negated) -> "NOT " + enclosed(negated);
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          operand(left) + " " + comparison.symbol() + " " + operand(right);
      case Condition.Between(Operand operand, Operand lower, Operand upper) ->
          operand(operand) + " BETWEEN " + operand(lower) + " AND " + operand(upper);
      case Condition.In(Operand operand, List<Operand> candidates) ->
          operand(operand) + " IN (" + list(candidates, this::operand) + ")";
      case Condition.AttributeExists(Path path) -> "attribute_exists(" + path(path) + ")";
      case Condition.AttributeNotExists(Path path) -> "attribute_not_exists(" + path(path) + ")";
      case Condition.HasType(Path path, AttributeType type) ->
          "attribute_type(" + path(path) + ", " + value(new AttributeValue.S(type.name())) + ")";
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          "begins_with(" + operand(operand) + ", " + operand(prefix) + ")";
      case Condition.Contains(Operand operand, Operand element) ->
          "contains(" + operand(operand) + ", " + operand(element) + ")";
    };
  }

  private String joined(String operator, List<Condition> conditions) {
    return conditions.stream().map(this::enclosed).collect(Collectors.joining(operator));
  }

  /** Returns the condition's text, in parentheses if it is made of several conditions. */
  private String enclosed(Condition condition) {
    boolean several = condition instanceof Condition.And || condition instanceof Condition.Or;
    return several ? "(" + condition(condition) + ")" : condition(condition);
  }

  private String operand(Operand operand) {
    return switch (operand) {
      case Operand.Attribute(Path path) -> path(path);
      case Operand.Literal(AttributeValue value) -> value(value);
      case Operand.Size(Operand of) -> "size(" + operand(of) + ")";
      case Operand.Truth _ ->
          throw new IllegalArgumentException("an expression compares no conditions");
    };
  }

  String path(Path path) {
    StringBuilder text = new StringBuilder();
    for (Path.Step step : path.steps()) {
      switch (step) {
        case Path.Step.Field(String name) ->
            text.append(text.isEmpty() ? "" : ".").append(name(name));
        case Path.Step.Index index -> text.append(index.text());
      }
    }
    return text.toString();
  }

  private String name(String name) {
    return placeholdersByName.computeIfAbsent(name, _ -> "#n" + placeholdersByName.size());
  }

  private String value(AttributeValue value) {
    return placeholdersByValue.computeIfAbsent(value, _ -> ":v" + placeholdersByValue.size());
  }

  String update(Update update) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (UpdateAction action : update.actions()) {
      String text = action(action);
      int keywordEnd = text.indexOf(' ');
      sections.merge(
          text.substring(0, keywordEnd),
          text.substring(keywordEnd),
          (before, next) -> before + "," + next);
    }
    return sections.entrySet().stream()
        .map(section -> section.getKey() + section.getValue())
        .collect(Collectors.joining(" "));
  }

  private String action(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(Path path, SetValue value) ->
          "SET " + path(path) + " = " + setValue(value);
      case UpdateAction.Remove(Path path) -> "REMOVE " + path(path);
      case UpdateAction.Add(Path path, AttributeValue value) ->
          "ADD " + path(path) + " " + value(value);
      case UpdateAction.Delete(Path path, AttributeValue elements) ->
          "DELETE " + path(path) + " " + value(elements);
    };
  }

  private String setValue(SetValue value) {
    return switch (value) {
      case SetValue.Plain(UpdateOperand operand) -> updateOperand(operand);
      case SetValue.Sum(UpdateOperand left, UpdateOperand right) ->
          updateOperand(left) + " + " + updateOperand(right);
      case SetValue.Difference(UpdateOperand left, UpdateOperand right) ->
          updateOperand(left) + " - " + updateOperand(right);
    };
  }

  private String updateOperand(UpdateOperand operand) {
    return switch (operand) {
      case UpdateOperand.Attribute(Path path) -> path(path);
      case UpdateOperand.Literal(AttributeValue value) -> value(value);
      case UpdateOperand.IfNotExists(Path path, UpdateOperand otherwise) ->
          "if_not_exists(" + path(path) + ", " + updateOperand(otherwise) + ")";
      case UpdateOperand.ListAppend(UpdateOperand first, UpdateOperand second) ->
          "list_append(" + updateOperand(first) + ", " + updateOperand(second) + ")";
    };
  }
}
