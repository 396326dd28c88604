package org.ostraka.model.error;

/** The error for an iterator that is too old. */
public final class ExpiredIteratorException extends ApiException {
  private static final long serialVersionUID = 1;

  public ExpiredIteratorException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
