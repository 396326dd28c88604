package org.ostraka.identity.iam;

/**
 * An error of IAM or STS: the caller's request was wrong. Immutable.
 *
 * <p>The message is part of the contract. Errors are regular answers, so they carry no stack trace.
 */
public final class IamException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final IamError error;
  private final String text;

  IamException(IamError error, String text) {
    super(error.code() + ": " + text, null, false, false);
    this.error = error;
    this.text = text;
  }

  public IamError error() {
    return error;
  }

  /** Returns the message as the answer has it. */
  public String text() {
    return text;
  }
}
