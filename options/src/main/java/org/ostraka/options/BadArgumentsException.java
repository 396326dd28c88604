package org.ostraka.options;

/** The command line is not valid; the message says why in one line. */
public final class BadArgumentsException extends RuntimeException {

  /** Takes the message, which is one line. */
  public BadArgumentsException(String message) {
    super(message);
  }
}
