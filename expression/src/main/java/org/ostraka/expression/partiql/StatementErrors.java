package org.ostraka.expression.partiql;

import org.ostraka.model.error.ValidationException;

/**
 * The service's errors for statements. Stateless.
 *
 * <p>Its syntax errors are those of PartiQL's reference parser, after a prefix of its own: real
 * answers with "Expected data manipulation" (aws-sdk-for-javascript-v3 issue 98), "Unexpected
 * keyword" and "Invalid path dot component" (PyDynamoDB issues 26 and 28) are found in
 * partiql-lang-kotlin 0.2, {@code SqlParser.kt}. That the parser's lexical errors give no details
 * is from floci's {@code DynamoDbPartiQLParser}.
 */
final class StatementErrors {
  private StatementErrors() {}

  static ValidationException malformed(String problem) {
    return new ValidationException("Statement wasn't well formed, can't be processed: " + problem);
  }

  /**
   * Returns the error for a part of PartiQL that DynamoDB's dialect lacks. No source measured these
   * texts; their form is that of the service's other messages that state a place.
   */
  static ValidationException unsupported(String what, Token at) {
    return new ValidationException("Unsupported " + what + " at " + at.place());
  }

  /**
   * Returns the error for a term at a place where a path or a part of one is required, in the
   * service's words for functions.
   */
  static ValidationException pathComponent(Token at) {
    return new ValidationException("Unexpected path component at " + at.place());
  }

  static ValidationException tooDeep() {
    return malformed("Terms are nested too deeply");
  }

  /**
   * Returns the error for an operation that DynamoDB's dialect lacks, by its name in the reference
   * parser's tree: the service reports IsType so (its recorded answers of 2026).
   */
  static ValidationException unsupportedOperation(String name) {
    return new ValidationException("Unsupported operation: " + name);
  }

  static ValidationException invalid(String problem) {
    return new ValidationException(problem);
  }
}
