package org.ostraka.model.error;

/** The error for a time of which a table cannot be exported. */
public final class InvalidExportTimeException extends ApiException {
  private static final long serialVersionUID = 1;

  public InvalidExportTimeException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
