package org.ostraka.options;

/** The command line asks for what cannot be; the message says in one line why. */
public final class BadArgumentsException extends RuntimeException {

  /** Takes the line. */
  public BadArgumentsException(String message) {
    super(message);
  }
}
