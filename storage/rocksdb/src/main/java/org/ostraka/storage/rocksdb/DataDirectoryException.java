package org.ostraka.storage.rocksdb;

/** A data directory cannot be used; the message is one line for the operator. */
public final class DataDirectoryException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean lostWrites;

  public DataDirectoryException(String message) {
    this(message, false);
  }

  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
    this.lostWrites = false;
  }

  private DataDirectoryException(String message, boolean lostWrites) {
    super(message);
    this.lostWrites = lostWrites;
  }

  /**
   * Something is lost; what there is can be used by whoever {@linkplain LostWrites accepts} that.
   */
  static DataDirectoryException lostWrites(String message) {
    return new DataDirectoryException(message, true);
  }

  /** Whether the directory can be used if the loss of data is accepted. */
  public boolean hasLostWrites() {
    return lostWrites;
  }
}
