package org.ostraka.expression;

import org.ostraka.model.error.ValidationException;

/** The request parameters that hold an expression or a statement. Immutable. */
public enum ExpressionParameter {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),

  /** The filter of a Scan, the only one whose size the service reports when it is too long. */
  SCAN_FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression"),

  /** The text of PartiQL, which messages do not name. */
  STATEMENT("Statement");

  private final String requestName;

  ExpressionParameter(String requestName) {
    this.requestName = requestName;
  }

  /** Returns the parameter's name in requests and messages. */
  public String requestName() {
    return requestName;
  }

  /** Returns the error for a problem of this parameter. */
  ValidationException invalid(String problem) {
    return new ValidationException(
        this == STATEMENT ? problem : "Invalid " + requestName + ": " + problem);
  }
}
