package org.ostraka.model.error;

/** The request's body cannot be read as what the operation takes. */
public final class SerializationException extends ApiException {
  private static final long serialVersionUID = 1;

  public SerializationException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
