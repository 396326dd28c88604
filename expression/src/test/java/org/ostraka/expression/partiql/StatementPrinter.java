package org.ostraka.expression.partiql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Operand;
import org.ostraka.expression.Path;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;

/** Writes statements as text and collects the parameters that they need. One thread. */
final class StatementPrinter {
  private final List<AttributeValue> parameters = new ArrayList<>();

  List<AttributeValue> parameters() {
    return parameters;
  }

  String statement(Statement statement) {
    return switch (statement) {
      case Statement.Select select -> select(select);
      case Statement.Exists(Statement.Select select) -> "EXISTS(" + select(select) + ")";
      case Statement.Insert(String table, Item item) ->
          "INSERT INTO " + name(table) + " VALUE " + entries(item.attributes(), this::value);
      case Statement.Update(
              String table,
              Update update,
              Optional<Condition> where,
              Optional<Returning> returning) ->
          "UPDATE "
              + name(table)
              + update.actions().stream().map(this::action).collect(Collectors.joining())
              + where(where)
              + returning.map(clause -> " " + clause.clause()).orElse("");
      case Statement.Delete(String table, Optional<Condition> where, boolean returnsOld) ->
          "DELETE FROM "
              + name(table)
              + where(where)
              + (returnsOld ? " " + Returning.ALL_OLD.clause() : "");
    };
  }

  private String select(Statement.Select select) {
    String list = select.list().isEverything() ? "*" : list(select.list().paths(), this::path);
    String index = select.source().index().map(name -> "." + name(name)).orElse("");
    String where = where(select.where());
    String orderBy =
        select.orderBy().isEmpty() ? "" : " ORDER BY " + list(select.orderBy(), this::ordering);
    return "SELECT " + list + " FROM " + name(select.table()) + index + where + orderBy;
  }

  private String ordering(Ordering ordering) {
    return name(ordering.attribute()) + (ordering.descending() ? " DESC" : " ASC");
  }

  private String where(Optional<Condition> where) {
    return where.map(condition -> " WHERE " + condition(condition)).orElse("");
  }

  private static <T> String list(List<T> elements, Function<T, String> printer) {
    return elements.stream().map(printer).collect(Collectors.joining(", "));
  }

  private String condition(Condition condition) {
    return switch (condition) {
      case Condition.Or(List<Condition> conditions) -> joined(" OR ", conditions);
      case Condition.And(List<Condition> conditions) -> joined(" AND ", conditions);
      case Condition.Not(Condition negated) -> "NOT " + enclosed(negated);
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          operand(left) + " " + comparison.symbol() + " " + operand(right);
      case Condition.Between(Operand operand, Operand lower, Operand upper) ->
          operand(operand) + " BETWEEN " + operand(lower) + " AND " + operand(upper);
      case Condition.In(Operand operand, List<Operand> candidates) ->
          operand(operand) + " IN [" + list(candidates, this::operand) + "]";
      case Condition.AttributeExists(Path path) -> path(path) + " IS NOT MISSING";
      case Condition.AttributeNotExists(Path path) -> path(path) + " IS MISSING";
      case Condition.HasType(Path path, AttributeType type) ->
          "attribute_type(" + path(path) + ", '" + type + "')";
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          "begins_with(" + operand(operand) + ", " + operand(prefix) + ")";
      case Condition.Contains(Operand operand, Operand element) ->
          "contains(" + operand(operand) + ", " + operand(element) + ")";
    };
  }

  private String joined(String operator, List<Condition> conditions) {
    return conditions.stream().map(this::enclosed).collect(Collectors.joining(operator));
  }

  /** In parentheses if it is made of several conditions. */
  private String enclosed(Condition condition) {
    boolean several = condition instanceof Condition.And || condition instanceof Condition.Or;
    return several ? "(" + condition(condition) + ")" : condition(condition);
  }

  private String operand(Operand operand) {
    return switch (operand) {
      case Operand.Attribute(Path path) -> path(path);
      case Operand.Literal(AttributeValue value) -> value(value);
      case Operand.Size(Operand of) -> "size(" + operand(of) + ")";
      case Operand.Truth(Condition of) -> "(" + condition(of) + ")";
    };
  }

  private String action(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(Path path, SetValue value) ->
          " SET " + path(path) + " = " + setValue(value);
      case UpdateAction.Remove(Path path) -> " REMOVE " + path(path);
      case UpdateAction.Add(Path path, AttributeValue value) -> setCall("set_add", path, value);
      case UpdateAction.Delete(Path path, AttributeValue elements) ->
          setCall("set_delete", path, elements);
    };
  }

  private String setCall(String function, Path path, AttributeValue elements) {
    if (!AttributeType.of(elements).isSet()) {
      throw new IllegalArgumentException("PartiQL adds sets only");
    }
    String target = path(path);
    return " SET " + target + " = " + function + "(" + target + ", " + value(elements) + ")";
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
      case UpdateOperand.IfNotExists _ ->
          throw new IllegalArgumentException("PartiQL has no if_not_exists");
      case UpdateOperand.ListAppend(UpdateOperand first, UpdateOperand second) ->
          "list_append(" + updateOperand(first) + ", " + updateOperand(second) + ")";
    };
  }

  private String path(Path path) {
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

  private static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private String value(AttributeValue value) {
    if (hasLiteral(value)) {
      return literal(value);
    }
    parameters.add(value);
    return "?";
  }

  private static boolean hasLiteral(AttributeValue value) {
    return switch (value) {
      case AttributeValue.B _, AttributeValue.BS _ -> false;
      case AttributeValue.L(List<AttributeValue> elements) ->
          elements.stream().allMatch(StatementPrinter::hasLiteral);
      case AttributeValue.M(Map<String, AttributeValue> entries) ->
          entries.values().stream().allMatch(StatementPrinter::hasLiteral);
      case AttributeValue.S _, AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ ->
          true;
      case AttributeValue.SS _, AttributeValue.NS _ -> true;
    };
  }

  private static String literal(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> string(text);
      case AttributeValue.N(BigDecimal number) -> DecimalNumber.text(number);
      case AttributeValue.Bool(boolean flag) -> flag ? "TRUE" : "FALSE";
      case AttributeValue.Null _ -> "NULL";
      case AttributeValue.L(List<AttributeValue> elements) ->
          "[" + list(elements, StatementPrinter::literal) + "]";
      case AttributeValue.M(Map<String, AttributeValue> entries) ->
          entries(entries, StatementPrinter::literal);
      case AttributeValue.SS(Set<String> elements) ->
          set(elements.stream().map(StatementPrinter::string));
      case AttributeValue.NS(Set<BigDecimal> elements) ->
          set(elements.stream().map(DecimalNumber::text));
      case AttributeValue.B _, AttributeValue.BS _ ->
          throw new AssertionError("binary values have no literal");
    };
  }

  private static String entries(
      Map<String, AttributeValue> entries, Function<AttributeValue, String> printer) {
    return entries.entrySet().stream()
        .map(entry -> string(entry.getKey()) + ": " + printer.apply(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String set(Stream<String> elements) {
    return elements.collect(Collectors.joining(", ", "<<", ">>"));
  }

  private static String string(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
