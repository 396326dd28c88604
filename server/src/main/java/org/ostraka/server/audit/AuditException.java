package org.ostraka.server.audit;

/** The audit log cannot be opened or continued. The message says which file and why. */
public final class AuditException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  AuditException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Returns the message. */
  public String reason() {
    return reason;
  }
}
