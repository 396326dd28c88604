package org.ostraka.expression.partiql;

import java.util.List;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;

/** A well-formed statement, whose parameters have no values yet. Immutable. */
public final class PartiqlStatement {
  private final StatementSyntax syntax;
  private final int parameters;

  private PartiqlStatement(StatementSyntax syntax, int parameters) {
    this.syntax = syntax;
    this.parameters = parameters;
  }

  /**
   * Reads the text of a statement.
   *
   * @param text at most {@link Limits#STATEMENT_CHARS} chars, as is checked when requests are
   *     received
   * @throws ValidationException with the service's text: wrong syntax, clauses that DynamoDB's
   *     dialect does not have
   */
  public static PartiqlStatement parse(String text) {
    TokenReader reader = new TokenReader(text);
    StatementSyntax syntax = StatementGrammar.read(reader);
    return new PartiqlStatement(syntax, reader.parameters());
  }

  /** Returns how many parameters the statement has. */
  int parameterCount() {
    return parameters;
  }

  /**
   * Returns the statement with its parameters replaced, in the order of their question marks.
   *
   * @throws ValidationException with the service's text: a wrong number of parameters, operators
   *     and functions that DynamoDB's dialect does not have, values of types that they do not take,
   *     literals that no item may contain
   */
  public Statement bind(List<AttributeValue> values) {
    if (values.size() != parameters) {
      throw StatementErrors.invalid("Number of parameters in request and statement don't match.");
    }
    return new StatementBinder(values).statement(syntax);
  }
}
