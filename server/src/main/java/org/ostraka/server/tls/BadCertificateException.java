package org.ostraka.server.tls;

/** A certificate or a key cannot be used. The message says which file and why, and shows no key. */
public final class BadCertificateException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  BadCertificateException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Returns the message. */
  public String reason() {
    return reason;
  }
}
