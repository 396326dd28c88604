package org.ostraka.storage;

/**
 * What the machine did: each kind asks something else of the caller. Messages show no item
 * contents.
 */
public abstract sealed class StorageException extends RuntimeException
    permits StorageFailedException, OutcomeUnknownException, CorruptDataException {
  private static final long serialVersionUID = 1;

  StorageException(String message) {
    super(message);
  }

  StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
