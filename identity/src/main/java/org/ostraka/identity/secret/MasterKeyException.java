package org.ostraka.identity.secret;

/** The master key cannot be used, or it is not the one under which something was encrypted. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MasterKeyException(String message) {
    super(message);
  }

  public MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
