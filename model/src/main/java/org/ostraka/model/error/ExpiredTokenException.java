package org.ostraka.model.error;

/** The error for a request whose session has ended. */
public final class ExpiredTokenException extends ApiException {
  private static final long serialVersionUID = 1;

  public ExpiredTokenException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
