package org.ostraka.expression;

import java.util.List;
import org.ostraka.model.error.ValidationException;

/** A well-formed projection: see {@link ParsedExpression}. Immutable. */
public final class ParsedProjection implements ParsedExpression {
  private static final ExpressionParameter PARAMETER = ExpressionParameter.PROJECTION;

  private final List<Syntax.DocumentPath> paths;
  private final PlaceholderUse placeholders;

  private ParsedProjection(List<Syntax.DocumentPath> paths, PlaceholderUse placeholders) {
    this.paths = paths;
    this.placeholders = placeholders;
  }

  /**
   * Reads the text of a ProjectionExpression.
   *
   * @throws ValidationException with the service's text: wrong syntax, reserved words, list indexes
   *     out of range, and limits
   */
  public static ParsedProjection parse(String text) {
    TokenReader reader = new TokenReader(PARAMETER, text);
    List<Syntax.DocumentPath> paths = List.copyOf(reader.list(new OperandGrammar(reader)::path));
    reader.expect(Token.Kind.END);
    paths.forEach(new SyntaxCheck(PARAMETER)::path);
    return new ParsedProjection(paths, reader.placeholders());
  }

  /**
   * Returns the projection with its placeholders replaced.
   *
   * @throws ValidationException with the service's text: placeholders that are not defined, paths
   *     that overlap, conflict or are too deep
   */
  public Projection bind(Placeholders defined) {
    Bindings bindings = new Bindings(PARAMETER, defined);
    List<Path> bound = paths.stream().map(bindings::path).toList();
    PathRules.refuseOverlap(PARAMETER, bound);
    return new Projection(bound);
  }

  @Override
  public PlaceholderUse placeholders() {
    return placeholders;
  }
}
