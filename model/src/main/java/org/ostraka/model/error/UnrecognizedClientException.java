package org.ostraka.model.error;

/**
 * The error for a request whose access key does not exist, or whose session token is not that of
 * its access key.
 */
public final class UnrecognizedClientException extends ApiException {
  private static final long serialVersionUID = 1;

  public UnrecognizedClientException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
