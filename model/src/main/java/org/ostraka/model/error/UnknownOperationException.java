package org.ostraka.model.error;

/** The request names no operation that this server has. */
public final class UnknownOperationException extends ApiException {
  private static final long serialVersionUID = 1;

  public UnknownOperationException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
