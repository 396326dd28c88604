package org.ostraka.model.error;

/** The error for a table that does not exist, or cannot be used yet or any more. */
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
