package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * The binder that makes conditions from syntax and placeholders, from the leaves up, in the order
 * in which they are written. DynamoDB Local 3.3.1 finds errors in this order (Expression Tester of
 * KeyValueStore.com). Immutable.
 */
final class ConditionBinder {
  private final Bindings bindings;
  private final OperandRules rules;

  ConditionBinder(Bindings bindings) {
    this.bindings = bindings;
    this.rules = new OperandRules(bindings.parameter());
  }

  Condition condition(Syntax syntax) {
    return switch (syntax) {
      case Syntax.And(List<Syntax> conditions) -> new Condition.And(conditions(conditions));
      case Syntax.Or(List<Syntax> conditions) -> new Condition.Or(conditions(conditions));
      case Syntax.Not(Syntax condition) -> new Condition.Not(condition(condition));
      case Syntax.Parentheses(Syntax inner) -> condition(inner);
      case Syntax.Compare compare -> compare(compare);
      case Syntax.Between between -> between(between);
      case Syntax.In in -> in(in);
      case Syntax.Call call -> call(call);
      case Syntax.DocumentPath _, Syntax.Value _, Syntax.Arithmetic _ ->
          throw new AssertionError("the grammar lets no operand be a condition");
    };
  }

  private List<Condition> conditions(List<Syntax> syntaxes) {
    List<Condition> conditions = new ArrayList<>(syntaxes.size());
    for (Syntax syntax : syntaxes) {
      conditions.add(condition(syntax));
    }
    return conditions;
  }

  private Operand operand(Syntax syntax) {
    return switch (syntax.bare()) {
      case Syntax.DocumentPath path -> new Operand.Attribute(bindings.path(path));
      case Syntax.Value value -> new Operand.Literal(bindings.value(value));
      case Syntax.Call(_, List<Syntax> operands) -> {
        Operand of = operand(operands.getFirst());
        rules.size(of);
        yield new Operand.Size(of);
      }
      default -> throw new AssertionError("the grammar lets no condition be an operand");
    };
  }

  private List<Operand> operands(List<Syntax> syntaxes) {
    List<Operand> operands = new ArrayList<>(syntaxes.size());
    for (Syntax syntax : syntaxes) {
      operands.add(operand(syntax));
    }
    return operands;
  }

  private Condition compare(Syntax.Compare syntax) {
    Operand left = operand(syntax.left());
    Operand right = operand(syntax.right());
    Comparison comparison = syntax.comparison();
    rules.distinct(comparison.symbol(), left, List.of(right));
    if (comparison.isOrdering()) {
      rules.ordered(comparison.symbol(), List.of(left, right));
    }
    return new Condition.Compare(comparison, left, right);
  }

  private Condition between(Syntax.Between syntax) {
    Operand operand = operand(syntax.operand());
    Operand lower = operand(syntax.lower());
    Operand upper = operand(syntax.upper());
    rules.distinct("BETWEEN", operand, List.of(lower, upper));
    rules.ordered("BETWEEN", List.of(operand, lower, upper));
    rules.bounds(lower, upper);
    return new Condition.Between(operand, lower, upper);
  }

  private Condition in(Syntax.In syntax) {
    Operand operand = operand(syntax.operand());
    List<Operand> candidates = operands(syntax.candidates());
    rules.candidateCount(candidates.size());
    rules.distinct("IN", operand, candidates);
    return new Condition.In(operand, candidates);
  }

  private Condition call(Syntax.Call call) {
    Function function = Function.named(call.function()).orElseThrow();
    List<Operand> operands = operands(call.operands());
    Operand first = operands.getFirst();
    return switch (function) {
      case ATTRIBUTE_EXISTS -> new Condition.AttributeExists(rules.path(function, first));
      case ATTRIBUTE_NOT_EXISTS -> new Condition.AttributeNotExists(rules.path(function, first));
      case ATTRIBUTE_TYPE -> {
        Path path = rules.path(function, first);
        rules.distinct(function.text(), first, operands.subList(1, 2));
        yield new Condition.HasType(path, rules.typeName(operands.getLast()));
      }
      case BEGINS_WITH -> {
        rules.distinct(function.text(), first, operands.subList(1, 2));
        rules.textOrBinary(function.text(), operands);
        yield new Condition.BeginsWith(first, operands.getLast());
      }
      case CONTAINS -> {
        rules.distinct(function.text(), first, operands.subList(1, 2));
        yield new Condition.Contains(first, operands.getLast());
      }
      case SIZE, IF_NOT_EXISTS, LIST_APPEND ->
          throw new AssertionError("checked before: " + function.text());
    };
  }
}
