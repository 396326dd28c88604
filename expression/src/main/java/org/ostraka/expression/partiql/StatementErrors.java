package org.ostraka.expression.partiql;

import org.ostraka.model.error.ValidationException;

/**
 * What the service says of statements. Stateless.
 *
 * <p>Its syntax errors are those of PartiQL's reference parser, behind words of its own: real
 * answers with "Expected data manipulation" (aws-sdk-for-javascript-v3 issue 98), "Unexpected
 * keyword" and "Invalid path dot component" (PyDynamoDB issues 26 and 28) are found in
 * partiql-lang-kotlin 0.2, {@code SqlParser.kt}. That the parser's lexical errors tell nothing is
 * from floci's {@code DynamoDbPartiQLParser}.
 */
final class StatementErrors {
  private StatementErrors() {}

  static ValidationException malformed(String problem) {
    return new ValidationException("Statement wasn't well formed, can't be processed: " + problem);
  }

  /**
   * What PartiQL has and DynamoDB's dialect has not. No source measured these texts; their form is
   * that of the service's other messages with a place.
   */
  static ValidationException unsupported(String what, Token at) {
    return new ValidationException("Unsupported " + what + " at " + at.place());
  }

  /** What stands where a path or a part of one must be, as the service says it of functions. */
  static ValidationException pathComponent(Token at) {
    return new ValidationException("Unexpected path component at " + at.place());
  }

  static ValidationException tooDeep() {
    return malformed("Terms are nested too deeply");
  }

  /**
   * What DynamoDB's dialect has no operation for, by its name in the reference parser's tree: the
   * service tells IsType so (its recorded answers of 2026).
   */
  static ValidationException unsupportedOperation(String name) {
    return new ValidationException("Unsupported operation: " + name);
  }

  static ValidationException invalid(String problem) {
    return new ValidationException(problem);
  }
}
