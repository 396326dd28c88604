package org.ostraka.model.error;

/** The error for a backup that a table is being restored from. */
public final class BackupInUseException extends ApiException {
  private static final long serialVersionUID = 1;

  public BackupInUseException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
