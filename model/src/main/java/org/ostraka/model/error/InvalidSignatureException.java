package org.ostraka.model.error;

/** The request's signature does not fit the request or this service. */
public final class InvalidSignatureException extends ApiException {
  private static final long serialVersionUID = 1;

  public InvalidSignatureException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
