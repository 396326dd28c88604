package org.ostraka.model.error;

/** The error for a table that is being restored already. */
public final class TableInUseException extends ApiException {
  private static final long serialVersionUID = 1;

  public TableInUseException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
