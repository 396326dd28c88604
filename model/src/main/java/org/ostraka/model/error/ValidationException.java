package org.ostraka.model.error;

/** The request breaks one of the API's rules. */
public final class ValidationException extends ApiException {
  private static final long serialVersionUID = 1;

  public ValidationException(String message) {
    super(message);
  }

  @Override
  public String namespace() {
    return VALIDATE;
  }
}
