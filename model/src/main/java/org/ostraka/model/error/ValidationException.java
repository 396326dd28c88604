package org.ostraka.model.error;

/** The request breaks one of the API's rules. */
public final class ValidationException extends ApiException {
  private static final long serialVersionUID = 1;

  public ValidationException(String message) {
    super(message);
  }

  /** The beginning that most of the service's refusals of parameters have in common. */
  public static ValidationException ofParameters(String problem) {
    return new ValidationException("One or more parameter values were invalid: " + problem);
  }

  @Override
  public Origin origin() {
    return Origin.VALIDATION;
  }
}
