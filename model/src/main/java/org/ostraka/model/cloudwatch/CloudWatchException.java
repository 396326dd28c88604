package org.ostraka.model.cloudwatch;

/** A request to CloudWatch that is refused. Immutable; has no stack trace. */
public final class CloudWatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final CloudWatchError error;
  private final String text;

  CloudWatchException(CloudWatchError error, String text) {
    super(error.code() + ": " + text, null, false, false);
    this.error = error;
    this.text = text;
  }

  public CloudWatchError error() {
    return error;
  }

  /** Returns the message as the answer has it. */
  public String text() {
    return text;
  }
}
