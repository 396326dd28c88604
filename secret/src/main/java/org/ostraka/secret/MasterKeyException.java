package org.ostraka.secret;

/** The master key cannot be used, or did not wrap what it should unwrap. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MasterKeyException(String message) {
    super(message);
  }

  public MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
