package org.ostraka.storage;

/**
 * The request was not carried out, and nothing of it remains: it may be tried again. The message is
 * for the operator, and may name files; {@link #reason} is for clients.
 */
public final class StorageFailedException extends StorageException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * Makes one whose message is the reason.
   *
   * @param reason what clients are told; names no file
   */
  public StorageFailedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /**
   * Makes one whose message is the reason with the message of its cause.
   *
   * @param reason what clients are told; names no file
   */
  public StorageFailedException(String reason, Throwable cause) {
    super(message(reason, String.valueOf(cause.getMessage())), cause);
    this.reason = reason;
  }

  /** Returns what clients are told, which names no file. */
  public String reason() {
    return reason;
  }

  private static String message(String reason, String details) {
    return details.startsWith(reason) ? details : reason + ": " + details;
  }
}
