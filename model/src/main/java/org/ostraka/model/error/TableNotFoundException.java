package org.ostraka.model.error;

/** The error for a table that does not exist, as the operations on backups report it. */
public final class TableNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public TableNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
