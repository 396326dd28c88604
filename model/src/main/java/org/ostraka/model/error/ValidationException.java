package org.ostraka.model.error;

/** The error for a request that breaks one of the API's rules. */
public final class ValidationException extends ApiException {
  private static final long serialVersionUID = 1;

  private final boolean outright;

  public ValidationException(String message) {
    this(message, false);
  }

  private ValidationException(String message, boolean outright) {
    super(message);
    this.outright = outright;
  }

  /**
   * Returns the error that refuses the whole request, even when one action of a transaction caused
   * it.
   */
  public static ValidationException outright(String message) {
    return new ValidationException(message, true);
  }

  /** Returns the error whose text starts as most of the service's refusals of parameters do. */
  public static ValidationException ofParameters(String problem) {
    return new ValidationException("One or more parameter values were invalid: " + problem);
  }

  /**
   * Returns whether a transaction is refused because of the error, and not cancelled with a reason.
   */
  public boolean isOutright() {
    return outright;
  }

  @Override
  public Origin origin() {
    return Origin.VALIDATION;
  }
}
