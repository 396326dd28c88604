package org.ostraka.expression;

/**
 * The service's limits on expressions, with their units: "Expression parameters" under "Quotas" in
 * the Developer Guide, unless another source is named.
 */
public final class ExpressionLimits {
  /** One expression's text in UTF-8. */
  public static final int EXPRESSION_BYTES = 4096;

  /** One placeholder, its {@code #} or {@code :} included, in UTF-8. */
  public static final int PLACEHOLDER_BYTES = 255;

  /** All placeholders of a request with what they stand for. */
  public static final int SUBSTITUTION_BYTES = 2 * 1024 * 1024;

  /**
   * Operators and functions of one expression. The guide says so of updates; scylladb/scylladb
   * issue 14473 saw it on conditions.
   */
  public static final int OPERATORS = 300;

  /** Operands in the parentheses of IN. */
  public static final int IN_OPERANDS = 100;

  /** Elements of a document path. */
  public static final int PATH_ELEMENTS = 32;

  /** A list's index, greatest (floci-io/floci issue 3073, measured on us-east-1). */
  public static final long LIST_INDEX = 4_294_967_294L;

  private ExpressionLimits() {}
}
