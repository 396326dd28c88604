package org.ostraka.storage;

/** What was read is not what was written: no retry helps, a copy or a backup may. */
public final class CorruptDataException extends StorageException {
  private static final long serialVersionUID = 1;

  public CorruptDataException(String message) {
    super(message);
  }

  public CorruptDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
