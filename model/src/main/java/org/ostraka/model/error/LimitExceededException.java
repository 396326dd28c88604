package org.ostraka.model.error;

/** The error for a request that would exceed a limit of the account or the table. */
public final class LimitExceededException extends ApiException {
  private static final long serialVersionUID = 1;

  public LimitExceededException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
