package org.ostraka.model.error;

/** The error for a signature that does not match the request or this service. */
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
