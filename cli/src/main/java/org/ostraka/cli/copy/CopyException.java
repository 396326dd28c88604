package org.ostraka.cli.copy;

/** A copy cannot begin or go on. The message says why. */
public final class CopyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CopyException(String message) {
    super(message);
  }

  CopyException(String message, Throwable cause) {
    super(message, cause);
  }
}
