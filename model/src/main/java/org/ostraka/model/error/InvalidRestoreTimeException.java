package org.ostraka.model.error;

/** The error for a time to which a table cannot be restored. */
public final class InvalidRestoreTimeException extends ApiException {
  private static final long serialVersionUID = 1;

  public InvalidRestoreTimeException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
