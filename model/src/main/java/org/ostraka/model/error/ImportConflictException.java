package org.ostraka.model.error;

/** The error for a client token that was used for another import. */
public final class ImportConflictException extends ApiException {
  private static final long serialVersionUID = 1;

  public ImportConflictException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
