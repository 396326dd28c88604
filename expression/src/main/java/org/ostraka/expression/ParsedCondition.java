package org.ostraka.expression;

import org.ostraka.model.error.ValidationException;

/** A well-formed condition, filter or key condition: see {@link ParsedExpression}. Immutable. */
public final class ParsedCondition implements ParsedExpression {
  private final ExpressionParameter parameter;
  private final Syntax syntax;
  private final PlaceholderUse placeholders;

  private ParsedCondition(
      ExpressionParameter parameter, Syntax syntax, PlaceholderUse placeholders) {
    this.parameter = parameter;
    this.syntax = syntax;
    this.placeholders = placeholders;
  }

  /**
   * Reads the text of a condition.
   *
   * @param parameter the text's parameter, which messages name
   * @throws ValidationException with the service's text: wrong syntax, reserved words, functions
   *     that are unknown, out of place or have the wrong number of operands, and limits
   */
  public static ParsedCondition parse(ExpressionParameter parameter, String text) {
    TokenReader reader = new TokenReader(parameter, text);
    Syntax syntax = ConditionGrammar.read(reader);
    new SyntaxCheck(parameter).condition(syntax);
    return new ParsedCondition(parameter, syntax, reader.placeholders());
  }

  /**
   * Returns the condition with its placeholders replaced.
   *
   * @throws ValidationException with the service's text: placeholders that are not defined, values
   *     of types that an operator or function does not take, one path as both operands, bounds in
   *     the wrong order
   */
  public Condition bind(Placeholders defined) {
    return new ConditionBinder(new Bindings(parameter, defined)).condition(syntax);
  }

  @Override
  public PlaceholderUse placeholders() {
    return placeholders;
  }
}
