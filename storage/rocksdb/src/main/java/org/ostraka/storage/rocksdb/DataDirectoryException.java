package org.ostraka.storage.rocksdb;

/** A data directory cannot be used; the message is one line for the operator. */
public final class DataDirectoryException extends Exception {
  private static final long serialVersionUID = 1;

  public DataDirectoryException(String message) {
    super(message);
  }

  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
