package org.ostraka.engine.region;

/** Another region cannot be reached, or did not answer as it should. */
public final class PeerException extends RuntimeException {
  public PeerException(String message) {
    super(message);
  }

  public PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
