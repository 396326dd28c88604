package org.ostraka.cli;

import java.util.Optional;

/** A server refused a call, or gave no answer that can be read. The message says which. */
final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> error;
  private final boolean isPassing;

  CallException(String message) {
    this(message, Optional.empty(), false);
  }

  /**
   * Makes the exception of an answer.
   *
   * @param error the error's name, when the server gave one
   * @param isPassing whether the same call may succeed later
   */
  CallException(String message, Optional<String> error, boolean isPassing) {
    super(message);
    this.error = error;
    this.isPassing = isPassing;
  }

  /** Makes the exception of a call without an answer. */
  CallException(String message, Throwable cause) {
    super(message, cause);
    this.error = Optional.empty();
    this.isPassing = !(cause instanceof InterruptedException);
  }

  Optional<String> error() {
    return error;
  }

  boolean isPassing() {
    return isPassing;
  }
}
