package org.ostraka.model.error;

/** The resource belongs to somebody who has not let the caller in. */
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
