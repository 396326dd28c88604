package org.ostraka.model.error;

/** The error for a statement that would insert an item whose key exists already. */
public final class DuplicateItemException extends ApiException {
  private static final long serialVersionUID = 1;

  public DuplicateItemException() {
    super("Duplicate primary key exists in table");
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
