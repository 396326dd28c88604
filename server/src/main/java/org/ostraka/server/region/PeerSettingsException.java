package org.ostraka.server.region;

/** The settings of other regions cannot be used. The message is one line, and shows no key. */
public final class PeerSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PeerSettingsException(String message) {
    super(message);
  }
}
