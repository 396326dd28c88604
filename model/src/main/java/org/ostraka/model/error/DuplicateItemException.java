package org.ostraka.model.error;

/** There is an item with this key already, where a statement would insert one. */
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
