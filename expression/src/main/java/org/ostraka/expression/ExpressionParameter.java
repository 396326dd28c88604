package org.ostraka.expression;

import org.ostraka.model.error.ValidationException;

/** The request parameters that hold an expression. Immutable. */
public enum ExpressionParameter {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression");

  private final String requestName;

  ExpressionParameter(String requestName) {
    this.requestName = requestName;
  }

  /** The parameter's name in requests and messages. */
  public String requestName() {
    return requestName;
  }

  /** The error that says what is wrong with this parameter. */
  ValidationException invalid(String problem) {
    return new ValidationException("Invalid " + requestName + ": " + problem);
  }
}
