package org.ostraka.model.error;

/** The error for records that are no longer kept. */
public final class TrimmedDataAccessException extends ApiException {
  private static final long serialVersionUID = 1;

  public TrimmedDataAccessException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
