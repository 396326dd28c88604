package org.ostraka.model.error;

/** The account or the table would go beyond one of its limits. */
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
