package org.ostraka.model.error;

/** The error for an import that does not exist. */
public final class ImportNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public ImportNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
