package org.ostraka.server.auth;

/** A file of accounts cannot be used. The message is one line. */
public final class IamFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  IamFileException(String why) {
    super(why);
    this.why = why;
  }

  /** Returns the message. */
  public String why() {
    return why;
  }
}
