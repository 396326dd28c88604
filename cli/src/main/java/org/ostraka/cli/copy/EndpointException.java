package org.ostraka.cli.copy;

import java.util.Optional;

/** An endpoint refused a request, or did not answer. The message says which. */
public final class EndpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> error;
  private final boolean isPassing;

  /**
   * Makes the exception.
   *
   * @param error the error's name, when the endpoint gave one
   * @param isPassing whether the same request may succeed later
   */
  public EndpointException(
      String message, Optional<String> error, boolean isPassing, Throwable cause) {
    super(message, cause);
    this.error = error;
    this.isPassing = isPassing;
  }

  boolean isPassing() {
    return isPassing;
  }

  boolean is(String name) {
    return error.filter(name::equals).isPresent();
  }
}
