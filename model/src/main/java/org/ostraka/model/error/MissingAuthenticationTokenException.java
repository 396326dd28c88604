package org.ostraka.model.error;

/** The error for a request that does not identify its sender. */
public final class MissingAuthenticationTokenException extends ApiException {
  private static final long serialVersionUID = 1;

  public MissingAuthenticationTokenException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
