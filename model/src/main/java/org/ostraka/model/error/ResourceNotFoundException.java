package org.ostraka.model.error;

/** There is no such table, or it does not serve yet or any more. */
public final class ResourceNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public ResourceNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
