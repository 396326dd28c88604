package org.ostraka.model.error;

/** The error for a backup that does not exist. */
public final class BackupNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public BackupNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
