package org.ostraka.identity.secret;

import org.ostraka.model.Bytes;

/**
 * The key under which all other keys are kept. It never leaves its place, which may be a file here
 * or a service elsewhere. Any thread.
 */
public interface MasterKey {
  /**
   * Encrypts a key.
   *
   * @param context what the key is for; the same is needed to decrypt it
   * @throws MasterKeyException when the master key cannot be used
   */
  Bytes wrap(byte[] key, String context);

  /**
   * Decrypts a key.
   *
   * @throws MasterKeyException when the master key cannot be used, or another one has encrypted it
   */
  byte[] unwrap(Bytes wrapped, String context);
}
