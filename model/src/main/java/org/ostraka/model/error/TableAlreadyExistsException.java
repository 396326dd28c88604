package org.ostraka.model.error;

/** The error for a table that cannot be restored because one of its name exists. */
public final class TableAlreadyExistsException extends ApiException {
  private static final long serialVersionUID = 1;

  public TableAlreadyExistsException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
