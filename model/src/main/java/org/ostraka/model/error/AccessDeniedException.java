package org.ostraka.model.error;

/** The error for a resource that the caller has no permission to use. */
public final class AccessDeniedException extends ApiException {
  private static final long serialVersionUID = 1;

  public AccessDeniedException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
