package org.ostraka.secret;

import org.ostraka.model.Bytes;

/**
 * The key that wraps all other keys. It never leaves its place: a file that only the server reads,
 * or a key service. Any thread.
 */
public interface MasterKey {
  /**
   * Returns the id of the key that wraps now. Keys that were wrapped under another id should be
   * wrapped again.
   */
  String id();

  /**
   * Wraps a key.
   *
   * @param context what the key is for; {@link #unwrap} needs the same
   * @throws MasterKeyException when the master key cannot be reached
   */
  Bytes wrap(byte[] key, String context);

  /**
   * Unwraps a key that any version of the master key wrapped.
   *
   * @throws MasterKeyException when the master key cannot be reached, does not know the version, or
   *     did not wrap these bytes for this context
   */
  byte[] unwrap(Bytes wrapped, String context);
}
