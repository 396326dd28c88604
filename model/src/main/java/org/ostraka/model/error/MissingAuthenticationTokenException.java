package org.ostraka.model.error;

/** The request says nothing about who makes it. */
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
