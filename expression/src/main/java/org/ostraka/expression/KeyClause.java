package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;

/**
 * One test of a key condition with the attribute that it tests. Immutable.
 *
 * <p>A KeyConditionExpression has the grammar of conditions, of which only clauses joined by AND
 * are allowed. The texts are those of dynalite's {@code validations/index.js}; that the service
 * puts the parameter before them is from ExtendDB pull request 195 and amplify-category-api pull
 * request 3531, both of 2026.
 */
public record KeyClause(String attribute, KeyTest test) {

  /**
   * Returns the clauses of a condition in the order in which they are written. The service checks
   * them before it knows the table.
   *
   * @throws ValidationException with the service's text for the first clause that no key condition
   *     may have
   */
  public static List<KeyClause> listOf(Condition condition) {
    List<KeyClause> clauses = new ArrayList<>();
    collect(condition, clauses);
    return List.copyOf(clauses);
  }

  private static void collect(Condition condition, List<KeyClause> clauses) {
    if (condition instanceof Condition.And(List<Condition> conditions)) {
      conditions.forEach(part -> collect(part, clauses));
      return;
    }
    KeyClause clause = clause(condition);
    if (clauses.stream().anyMatch(other -> other.attribute().equals(clause.attribute()))) {
      throw invalid("KeyConditionExpressions must only contain one condition per key");
    }
    clauses.add(clause);
  }

  private static KeyClause clause(Condition condition) {
    return switch (condition) {
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          compare(comparison, left, right);
      case Condition.Between(Operand operand, Operand lower, Operand upper) -> {
        String attribute = firstOperand("BETWEEN", operand, lower, upper);
        yield new KeyClause(attribute, new KeyTest.Between(literal(lower), literal(upper)));
      }
      case Condition.BeginsWith(Operand operand, Operand prefix) -> {
        String attribute = firstOperand(Function.BEGINS_WITH.text(), operand, prefix);
        yield new KeyClause(attribute, new KeyTest.BeginsWith(literal(prefix)));
      }
      case Condition.And _ -> throw new AssertionError("taken apart before");
      case Condition.Or _ -> throw operator("OR");
      case Condition.Not _ -> throw operator("NOT");
      case Condition.In _ -> throw operator("IN");
      case Condition.AttributeExists _ -> throw operator(Function.ATTRIBUTE_EXISTS.text());
      case Condition.AttributeNotExists _ -> throw operator(Function.ATTRIBUTE_NOT_EXISTS.text());
      case Condition.HasType _ -> throw operator(Function.ATTRIBUTE_TYPE.text());
      case Condition.Contains _ -> throw operator(Function.CONTAINS.text());
    };
  }

  private static KeyClause compare(Comparison comparison, Operand left, Operand right) {
    if (comparison == Comparison.NOT_EQUAL) {
      throw operator(comparison.symbol());
    }
    refuseNestedOperations(left, right);
    String attribute = attribute(left, right);
    return left instanceof Operand.Attribute
        ? new KeyClause(attribute, new KeyTest.Compare(comparison, literal(right)))
        : new KeyClause(attribute, new KeyTest.Compare(comparison.mirrored(), literal(left)));
  }

  /** Returns the attribute of an operator that requires it as the first operand. */
  private static String firstOperand(String operator, Operand first, Operand... others) {
    Operand[] all = Stream.concat(Stream.of(first), Stream.of(others)).toArray(Operand[]::new);
    refuseNestedOperations(all);
    if (!(first instanceof Operand.Attribute)) {
      throw condition(operator + " operator must have the key attribute as its first operand");
    }
    return attribute(all);
  }

  private static void refuseNestedOperations(Operand... operands) {
    if (Stream.of(operands).anyMatch(operand -> operand instanceof Operand.Size)) {
      throw invalid("KeyConditionExpressions cannot contain nested operations");
    }
  }

  /** Returns the one top-level attribute among the operands. */
  private static String attribute(Operand... operands) {
    String attribute = null;
    for (Operand operand : operands) {
      if (operand instanceof Operand.Attribute(Path path)) {
        if (attribute != null) {
          throw condition("Multiple attribute names used in one condition");
        }
        if (path.isNested()) {
          throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        attribute = path.attribute();
      }
    }
    if (attribute == null) {
      throw condition("No key attribute specified");
    }
    return attribute;
  }

  private static AttributeValue literal(Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value)) {
      return value;
    }
    throw new AssertionError("all but one of the operands are values");
  }

  private static ValidationException operator(String operator) {
    return invalid("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static ValidationException condition(String problem) {
    return invalid("Invalid condition in KeyConditionExpression: " + problem);
  }

  private static ValidationException invalid(String problem) {
    return ExpressionParameter.KEY_CONDITION.invalid(problem);
  }
}
