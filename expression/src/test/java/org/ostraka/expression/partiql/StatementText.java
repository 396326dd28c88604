package org.ostraka.expression.partiql;

import java.util.List;
import org.ostraka.model.AttributeValue;

/**
 * A statement as text and parameters, which parse to the same statement. Immutable.
 *
 * @param text a statement, which may be longer than the service allows
 * @param parameters the values that have no literal: binary ones, and what holds them
 */
record StatementText(String text, List<AttributeValue> parameters) {
  StatementText {
    parameters = List.copyOf(parameters);
  }

  /**
   * The statement as text.
   *
   * @throws IllegalArgumentException if its update is none that PartiQL has: one that adds to a
   *     number with ADD or uses if_not_exists
   */
  static StatementText of(Statement statement) {
    StatementPrinter printer = new StatementPrinter();
    String text = printer.statement(statement);
    return new StatementText(text, printer.parameters());
  }

  /** The text alone: values may hold what is in items, which no message shows. */
  @Override
  public String toString() {
    return text;
  }
}
