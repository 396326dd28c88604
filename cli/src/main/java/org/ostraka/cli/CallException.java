package org.ostraka.cli;

/** A server refused a call, or gave no answer that can be read. The message says which. */
final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallException(String message) {
    super(message);
  }

  CallException(String message, Throwable cause) {
    super(message, cause);
  }
}
