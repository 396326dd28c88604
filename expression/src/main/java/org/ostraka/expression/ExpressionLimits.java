package org.ostraka.expression;

/**
 * The service's limits on expressions, with their units: "Expression parameters" under "Quotas" in
 * the Developer Guide, unless another source is named.
 */
public final class ExpressionLimits {
  /** The greatest size of one expression's text in UTF-8. */
  public static final int EXPRESSION_BYTES = 4096;

  /** The greatest size of one placeholder, its {@code #} or {@code :} included, in UTF-8. */
  public static final int PLACEHOLDER_BYTES = 255;

  /** The greatest total size of a request's placeholders with their names and values. */
  public static final int SUBSTITUTION_BYTES = 2 * 1024 * 1024;

  /**
   * The most operators and functions of one expression. The guide states it for updates;
   * scylladb/scylladb issue 14473 observed it for conditions.
   */
  public static final int OPERATORS = 300;

  /** The most operands in the parentheses of IN. */
  public static final int IN_OPERANDS = 100;

  /** The most elements of a document path. */
  public static final int PATH_ELEMENTS = 32;

  /** The greatest index of a list (floci-io/floci issue 3073, measured on us-east-1). */
  public static final long LIST_INDEX = 4_294_967_294L;

  private ExpressionLimits() {}
}
