package org.ostraka.expression;

import java.util.List;
import org.ostraka.model.error.ValidationException;

/**
 * The check of the rules that need no placeholder, in the order in which the expression is written:
 * reserved words, list indexes, and functions by name, place and number of operands. Immutable.
 */
final class SyntaxCheck {
  private static final int INDEX_DIGITS_MAX = 10;

  private final ExpressionParameter parameter;

  SyntaxCheck(ExpressionParameter parameter) {
    this.parameter = parameter;
  }

  /** Checks the syntax at a place where a condition is expected. */
  void condition(Syntax syntax) {
    switch (syntax) {
      case Syntax.And(List<Syntax> conditions) -> conditions.forEach(this::condition);
      case Syntax.Or(List<Syntax> conditions) -> conditions.forEach(this::condition);
      case Syntax.Not(Syntax condition) -> condition(condition);
      case Syntax.Parentheses(Syntax inner) -> condition(inner);
      case Syntax.Call call -> call(call, Function.Use.CONDITION);
      case Syntax.Compare(_, Syntax left, Syntax right) -> {
        operand(left);
        operand(right);
      }
      case Syntax.Between(Syntax operand, Syntax lower, Syntax upper) -> {
        operand(operand);
        operand(lower);
        operand(upper);
      }
      case Syntax.In(Syntax operand, List<Syntax> candidates) -> {
        operand(operand);
        candidates.forEach(this::operand);
      }
      case Syntax.DocumentPath _, Syntax.Value _, Syntax.Arithmetic _ ->
          throw new AssertionError("the grammar lets no operand be a condition");
    }
  }

  /** Checks an operand of a condition. */
  private void operand(Syntax syntax) {
    switch (syntax.bare()) {
      case Syntax.DocumentPath path -> path(path);
      case Syntax.Call call -> call(call, Function.Use.OPERAND);
      default -> {}
    }
  }

  private void call(Syntax.Call call, Function.Use place) {
    Function function = function(call);
    if (function.use() == Function.Use.UPDATE) {
      throw parameter.invalid(
          "The function is not allowed in a condition expression; function: " + call.function());
    }
    if (function.use() != place) {
      throw parameter.invalid(
          "The function is not allowed to be used this way in an expression; function: "
              + call.function());
    }
    operandCount(call, function);
    call.operands().forEach(this::operand);
  }

  /** Checks the value of a SET, except the number of a function's operands. */
  void updateValue(Syntax syntax) {
    switch (syntax.bare()) {
      case Syntax.DocumentPath path -> path(path);
      case Syntax.Arithmetic(_, Syntax left, Syntax right) -> {
        updateValue(left);
        updateValue(right);
      }
      case Syntax.Call call -> {
        if (function(call).use() != Function.Use.UPDATE) {
          throw parameter.invalid(
              "The function is not allowed in an update expression; function: " + call.function());
        }
        call.operands().forEach(this::updateValue);
      }
      default -> {}
    }
  }

  Function function(Syntax.Call call) {
    return Function.named(call.function())
        .orElseThrow(
            () -> parameter.invalid("Invalid function name; function: " + call.function()));
  }

  void operandCount(Syntax.Call call, Function function) {
    if (call.operands().size() != function.operands()) {
      throw parameter.invalid(
          "Incorrect number of operands for operator or function; operator or function: "
              + call.function()
              + ", number of operands: "
              + call.operands().size());
    }
  }

  void path(Syntax.DocumentPath path) {
    for (Syntax.Part part : path.parts()) {
      switch (part) {
        case Syntax.Part.Name(String name) -> {
          if (ReservedWords.contains(name)) {
            throw parameter.invalid(
                "Attribute name is a reserved keyword; reserved keyword: " + name);
          }
        }
        case Syntax.Part.Index(String digits) -> index(digits);
        case Syntax.Part.Placeholder _ -> {}
      }
    }
  }

  private void index(String digits) {
    if (digits.length() > INDEX_DIGITS_MAX
        || Long.parseLong(digits) > ExpressionLimits.LIST_INDEX) {
      throw indexOutOfRange(digits);
    }
  }

  private ValidationException indexOutOfRange(String digits) {
    return parameter.invalid(
        "List index is not within the allowable range; index: [" + digits + "]");
  }
}
