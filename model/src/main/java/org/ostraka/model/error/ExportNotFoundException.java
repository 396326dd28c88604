package org.ostraka.model.error;

/** The error for an export that does not exist. */
public final class ExportNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public ExportNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
