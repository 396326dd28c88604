package org.ostraka.model.error;

/** The error of auto scaling for a token that no page has returned. */
public final class InvalidNextTokenException extends ApiException {
  private static final long serialVersionUID = 1;

  public InvalidNextTokenException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
