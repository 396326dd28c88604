package org.ostraka.expression;

import org.ostraka.model.error.ValidationException;

/** A well-formed update: see {@link ParsedExpression}. Immutable. */
public final class ParsedUpdate implements ParsedExpression {
  private static final ExpressionParameter PARAMETER = ExpressionParameter.UPDATE;

  private final UpdateSyntax syntax;
  private final PlaceholderUse placeholders;

  private ParsedUpdate(UpdateSyntax syntax, PlaceholderUse placeholders) {
    this.syntax = syntax;
    this.placeholders = placeholders;
  }

  /**
   * Reads the text of an UpdateExpression.
   *
   * @throws ValidationException with the service's text: wrong syntax, reserved words, keywords
   *     used twice, functions that are unknown or out of place, and limits
   */
  public static ParsedUpdate parse(String text) {
    TokenReader reader = new TokenReader(PARAMETER, text);
    UpdateSyntax syntax = UpdateGrammar.read(reader);
    syntax.check(new SyntaxCheck(PARAMETER), PARAMETER);
    return new ParsedUpdate(syntax, reader.placeholders());
  }

  /**
   * Returns the update with its placeholders replaced.
   *
   * @throws ValidationException with the service's text: paths that overlap or conflict,
   *     placeholders that are not defined, functions with the wrong number of operands, values of
   *     types that an operator or function does not take
   */
  public Update bind(Placeholders defined) {
    return new UpdateBinder(new Bindings(PARAMETER, defined)).bind(syntax);
  }

  @Override
  public PlaceholderUse placeholders() {
    return placeholders;
  }
}
