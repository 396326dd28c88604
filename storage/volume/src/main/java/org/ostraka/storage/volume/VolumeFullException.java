package org.ostraka.storage.volume;

/**
 * A volume has no room for a batch; nothing of the batch was written. Clients are told the message,
 * which names no file.
 */
public final class VolumeFullException extends Exception {
  private static final long serialVersionUID = 1;

  public VolumeFullException(String message) {
    super(message);
  }

  public VolumeFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
