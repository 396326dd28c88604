package org.ostraka.model.error;

/** The error for a request whose signature lacks one of its parts. */
public final class IncompleteSignatureException extends ApiException {
  private static final long serialVersionUID = 1;

  public IncompleteSignatureException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
