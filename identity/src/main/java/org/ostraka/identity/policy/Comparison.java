package org.ostraka.identity.policy;

/**
 * The comparisons of condition operators: "IAM JSON policy elements: Condition operators" in the
 * IAM User Guide.
 */
public enum Comparison {
  STRING_EQUALS("StringEquals", Kind.TEXT, false),
  STRING_NOT_EQUALS("StringNotEquals", Kind.TEXT, true),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Kind.TEXT_IGNORING_CASE, false),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Kind.TEXT_IGNORING_CASE, true),
  STRING_LIKE("StringLike", Kind.PATTERN, false),
  STRING_NOT_LIKE("StringNotLike", Kind.PATTERN, true),
  NUMERIC_EQUALS("NumericEquals", Kind.NUMBER_EQUAL, false),
  NUMERIC_NOT_EQUALS("NumericNotEquals", Kind.NUMBER_EQUAL, true),
  NUMERIC_LESS_THAN("NumericLessThan", Kind.NUMBER_LESS, false),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Kind.NUMBER_LESS_OR_EQUAL, false),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Kind.NUMBER_GREATER, false),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Kind.NUMBER_GREATER_OR_EQUAL, false),
  DATE_EQUALS("DateEquals", Kind.DATE_EQUAL, false),
  DATE_NOT_EQUALS("DateNotEquals", Kind.DATE_EQUAL, true),
  DATE_LESS_THAN("DateLessThan", Kind.DATE_LESS, false),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Kind.DATE_LESS_OR_EQUAL, false),
  DATE_GREATER_THAN("DateGreaterThan", Kind.DATE_GREATER, false),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Kind.DATE_GREATER_OR_EQUAL, false),
  BOOL("Bool", Kind.FLAG, false),
  BINARY_EQUALS("BinaryEquals", Kind.BINARY, false),
  IP_ADDRESS("IpAddress", Kind.NETWORK, false),
  NOT_IP_ADDRESS("NotIpAddress", Kind.NETWORK, true),
  ARN_EQUALS("ArnEquals", Kind.ARN, false),
  ARN_NOT_EQUALS("ArnNotEquals", Kind.ARN, true),
  ARN_LIKE("ArnLike", Kind.ARN, false),
  ARN_NOT_LIKE("ArnNotLike", Kind.ARN, true),
  NULL("Null", Kind.ABSENCE, false);

  /** What the comparison expects its values to be. */
  enum Kind {
    TEXT,
    TEXT_IGNORING_CASE,
    PATTERN,
    NUMBER_EQUAL,
    NUMBER_LESS,
    NUMBER_LESS_OR_EQUAL,
    NUMBER_GREATER,
    NUMBER_GREATER_OR_EQUAL,
    DATE_EQUAL,
    DATE_LESS,
    DATE_LESS_OR_EQUAL,
    DATE_GREATER,
    DATE_GREATER_OR_EQUAL,
    FLAG,
    BINARY,
    NETWORK,
    ARN,
    ABSENCE
  }

  private final String operator;
  private final Kind kind;
  private final boolean negated;

  Comparison(String operator, Kind kind, boolean negated) {
    this.operator = operator;
    this.kind = kind;
    this.negated = negated;
  }

  /** Returns the operator's name, such as {@code StringEquals}. */
  String operator() {
    return operator;
  }

  Kind kind() {
    return kind;
  }

  /** Returns whether the comparison holds when no value of the condition fits. */
  boolean negated() {
    return negated;
  }
}
