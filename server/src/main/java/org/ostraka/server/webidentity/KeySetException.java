package org.ostraka.server.webidentity;

/** The keys of a provider cannot be had. */
final class KeySetException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean transientFailure;

  /**
   * Makes the failure.
   *
   * @param isTransient whether another attempt may succeed: the provider was not reached
   */
  KeySetException(String message, boolean isTransient) {
    super(message);
    this.transientFailure = isTransient;
  }

  boolean isTransient() {
    return transientFailure;
  }
}
