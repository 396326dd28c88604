package org.ostraka.storage;

/** A write may or may not have been carried out: only a read can tell, after a restart. */
public final class OutcomeUnknownException extends StorageException {
  private static final long serialVersionUID = 1;

  public OutcomeUnknownException(String message) {
    super(message);
  }

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
