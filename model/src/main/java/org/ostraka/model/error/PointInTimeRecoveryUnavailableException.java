package org.ostraka.model.error;

/** The error for a table that cannot be restored to a point in time. */
public final class PointInTimeRecoveryUnavailableException extends ApiException {
  private static final long serialVersionUID = 1;

  public PointInTimeRecoveryUnavailableException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
