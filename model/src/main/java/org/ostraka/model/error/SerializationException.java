package org.ostraka.model.error;

/** The error for a request body that cannot be read as the operation's input. */
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
