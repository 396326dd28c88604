package org.ostraka.storage.volume;

/** A volume has no room for a batch; nothing of the batch was written. */
public final class VolumeFullException extends Exception {
  private static final long serialVersionUID = 1;

  public VolumeFullException(String message) {
    super(message);
  }
}
