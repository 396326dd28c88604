package org.ostraka.engine.cloudwatch.math;

/** An expression that cannot be read or evaluated. Immutable; has no stack trace. */
public final class MathException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MathException(String message) {
    super(message, null, false, false);
  }

  /** Returns what is wrong. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
