package org.ostraka.model.error;

/** The error of auto scaling for a target, policy or action that does not exist. */
public final class ObjectNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public ObjectNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
