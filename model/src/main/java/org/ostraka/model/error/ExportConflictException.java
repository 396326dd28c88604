package org.ostraka.model.error;

/** The error for a client token that was used for another export. */
public final class ExportConflictException extends ApiException {
  private static final long serialVersionUID = 1;

  public ExportConflictException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
