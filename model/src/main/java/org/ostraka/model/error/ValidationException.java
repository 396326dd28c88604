package org.ostraka.model.error;

/** The request breaks one of the API's rules. */
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

  /** A refusal of the whole request, also where one action of a transaction is at fault. */
  public static ValidationException outright(String message) {
    return new ValidationException(message, true);
  }

  /** The beginning that most of the service's refusals of parameters have in common. */
  public static ValidationException ofParameters(String problem) {
    return new ValidationException("One or more parameter values were invalid: " + problem);
  }

  /** Whether a transaction is refused for it, and not cancelled with a reason. */
  public boolean isOutright() {
    return outright;
  }

  @Override
  public Origin origin() {
    return Origin.VALIDATION;
  }
}
