package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.Operand;
import org.ostraka.expression.OperandRules;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;

/**
 * The binder that makes conditions from terms. Immutable.
 *
 * <p>"Use PartiQL functions with DynamoDB" and "PartiQL arithmetic, comparison, and logical
 * operators for DynamoDB" in the Developer Guide; function names are accepted in any case.
 * Operators and functions take the same operands as in expressions, and refuse others with the same
 * messages without the parameter's prefix (floci's {@code DynamoDbPartiQLParser}), which also has
 * attribute_exists and attribute_not_exists, and conditions as booleans that other operators
 * compare.
 */
final class WhereBinder {
  /**
   * The most nested comparisons of conditions with each other; no source states the service's
   * limit.
   */
  private static final int COMPARED_MAX = 50;

  private final ValueBinder values;
  private final int compared;
  private final OperandRules rules = new OperandRules(ExpressionParameter.STATEMENT);

  WhereBinder(ValueBinder values) {
    this(values, 0);
  }

  private WhereBinder(ValueBinder values, int compared) {
    this.values = values;
    this.compared = compared;
  }

  Condition condition(Term term) {
    return switch (term) {
      case Term.Group(_, Term inner) -> condition(inner);
      case Term.And(_, List<Term> operands) -> new Condition.And(conditions(operands));
      case Term.Or(_, List<Term> operands) -> new Condition.Or(conditions(operands));
      case Term.Not(_, Term operand) -> new Condition.Not(condition(operand));
      case Term.Binary binary -> compare(binary);
      case Term.Between between -> negated(between.negated(), between(between));
      case Term.In in -> negated(in.negated(), in(in));
      case Term.Is is -> negated(is.negated() && !is.type().is("missing"), is(is));
      case Term.Call call -> call(call);
      case Term.Path _, Term.Text _, Term.Numeral _, Term.Bool _, Term.Null _ ->
          throw notACondition(term);
      case Term.Missing _, Term.Parameter _, Term.Negation _ -> throw notACondition(term);
      case Term.ListOf _, Term.MapOf _, Term.SetOf _, Term.Subquery _ -> throw notACondition(term);
    };
  }

  private static ValidationException notACondition(Term term) {
    return StatementErrors.unsupported("condition", term.at());
  }

  private List<Condition> conditions(List<Term> terms) {
    List<Condition> conditions = new ArrayList<>(terms.size());
    for (Term term : terms) {
      conditions.add(condition(term));
    }
    return conditions;
  }

  private static Condition negated(boolean negated, Condition condition) {
    return negated ? new Condition.Not(condition) : condition;
  }

  private Condition compare(Term.Binary binary) {
    Comparison comparison = comparison(binary.at());
    Operand left = operand(binary.left());
    Operand right = operand(binary.right());
    rules.distinct(comparison.symbol(), left, List.of(right));
    if (comparison.isOrdering()) {
      rules.ordered(comparison.symbol(), List.of(left, right));
    }
    return left instanceof Operand.Truth(Condition condition)
        ? compareTruth(comparison, condition, right)
        : right instanceof Operand.Truth(Condition condition)
            ? compareTruth(comparison, condition, left)
            : new Condition.Compare(comparison, left, right);
  }

  /**
   * Returns the comparison of a condition with a value: compared with TRUE or FALSE it is the
   * condition itself or its negation; it never equals any other value (floci's {@code
   * DynamoDbPartiQLParser}, checked on the service).
   */
  private static Condition compareTruth(
      Comparison comparison, Condition condition, Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue.Bool(boolean wanted))) {
      return negated(wanted == (comparison == Comparison.NOT_EQUAL), condition);
    }
    return new Condition.Compare(comparison, new Operand.Truth(condition), operand);
  }

  private static Comparison comparison(Token operator) {
    return find(operator).orElseThrow(() -> unsupportedOperator(operator));
  }

  private static boolean isComparison(Token operator) {
    return find(operator).isPresent();
  }

  private static Optional<Comparison> find(Token operator) {
    return Arrays.stream(Comparison.values())
        .filter(comparison -> comparison.symbol().equals(operator.text()))
        .findFirst();
  }

  private static ValidationException unsupportedOperator(Token operator) {
    if (operator.is("like")) {
      return StatementErrors.unsupportedOperation("Like");
    }
    return StatementErrors.invalid(
        "Unsupported operator in Condition Expression. Operator: " + operator.text());
  }

  private Condition between(Term.Between between) {
    Operand operand = operand(between.operand());
    Operand lower = operand(between.lower());
    Operand upper = operand(between.upper());
    rules.distinct("BETWEEN", operand, List.of(lower, upper));
    rules.ordered("BETWEEN", List.of(operand, lower, upper));
    rules.bounds(lower, upper);
    return new Condition.Between(operand, lower, upper);
  }

  private Condition in(Term.In in) {
    Operand operand = operand(in.operand());
    if (!(in.candidates().bare() instanceof Term.ListOf(Token at, List<Term> elements))) {
      throw StatementErrors.unsupported("operand of IN", in.candidates().at());
    }
    if (elements.isEmpty()) {
      throw StatementErrors.unsupported("empty list in IN", at);
    }
    List<Operand> candidates = operands(elements);
    rules.candidateCount(candidates.size());
    rules.distinct("IN", operand, candidates);
    return new Condition.In(operand, candidates);
  }

  private Condition is(Term.Is is) {
    Path path = rules.path("IS", operand(is.operand()));
    if (is.type().is("missing") && is.negated()) {
      return new Condition.AttributeExists(path);
    }
    return TypeTest.of(path, is.type())
        .orElseThrow(() -> StatementErrors.unsupportedOperation("IsType"));
  }

  private Condition call(Term.Call call) {
    return switch (call.function()) {
      case "attribute_exists" -> new Condition.AttributeExists(path(call));
      case "attribute_not_exists" -> new Condition.AttributeNotExists(path(call));
      case "attribute_type" -> {
        List<Operand> operands = operands(call, 2);
        Path path = rules.path(call.function(), operands.getFirst());
        rules.distinct(call.function(), operands.getFirst(), operands.subList(1, 2));
        yield new Condition.HasType(path, rules.typeName(operands.getLast()));
      }
      case "begins_with" -> {
        List<Operand> operands = operands(call, 2);
        rules.distinct(call.function(), operands.getFirst(), operands.subList(1, 2));
        rules.textOrBinary(call.function(), operands);
        yield new Condition.BeginsWith(operands.getFirst(), operands.getLast());
      }
      case "contains" -> {
        List<Operand> operands = operands(call, 2);
        rules.distinct(call.function(), operands.getFirst(), operands.subList(1, 2));
        yield new Condition.Contains(operands.getFirst(), operands.getLast());
      }
      default -> throw unrecognized(call);
    };
  }

  private static boolean isCondition(Term.Call call) {
    return switch (call.function()) {
      case "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains" ->
          true;
      default -> false;
    };
  }

  static ValidationException unrecognized(Term.Call call) {
    return StatementErrors.invalid(
        "Unrecognized function: " + call.function() + " at " + call.at().place());
  }

  private Path path(Term.Call call) {
    return rules.path(call.function(), operands(call, 1).getFirst());
  }

  private List<Operand> operands(Term.Call call, int count) {
    requireOperands(call, count);
    return operands(call.operands());
  }

  static void requireOperands(Term.Call call, int count) {
    if (call.operands().size() != count) {
      throw StatementErrors.invalid(
          "Incorrect number of operands for operator or function; operator or function: "
              + call.function()
              + ", number of operands: "
              + call.operands().size());
    }
  }

  private List<Operand> operands(List<Term> terms) {
    List<Operand> operands = new ArrayList<>(terms.size());
    for (Term term : terms) {
      operands.add(operand(term));
    }
    return operands;
  }

  private Operand operand(Term term) {
    Optional<Operand> value = values.value(term).map(Operand.Literal::new);
    if (value.isPresent()) {
      return value.get();
    }
    return switch (term.bare()) {
      case Term.Path path -> new Operand.Attribute(values.path(path));
      case Term.Call call when call.function().equals("size") -> {
        Operand of = operands(call, 1).getFirst();
        rules.size(of);
        yield new Operand.Size(of);
      }
      case Term.Call call when !isCondition(call) -> throw unrecognized(call);
      case Term.Binary(Token operator, _, _) when !isComparison(operator) ->
          throw unsupportedOperator(operator);
      case Term.Negation(Token operator, _) -> throw unsupportedOperator(operator);
      case Term.And _, Term.Or _, Term.Not _ -> truth(term);
      case Term.Binary _, Term.Between _, Term.In _, Term.Is _, Term.Call _ -> truth(term);
      case Term.Subquery(Token at) -> throw StatementErrors.unsupported("subquery", at);
      default -> throw StatementErrors.unsupported("operand", term.at());
    };
  }

  private Operand truth(Term condition) {
    if (compared == COMPARED_MAX) {
      throw StatementErrors.tooDeep();
    }
    return new Operand.Truth(new WhereBinder(values, compared + 1).condition(condition));
  }
}
