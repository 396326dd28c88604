package org.ostraka.storage;

/** The request was not carried out, and nothing of it remains: it may be tried again. */
public final class StorageFailedException extends StorageException {
  private static final long serialVersionUID = 1;

  public StorageFailedException(String message) {
    super(message);
  }

  public StorageFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
