package org.ostraka.server;

import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.secret.MasterKey;
import org.ostraka.server.config.Encryption;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;

/**
 * The store as the engine uses it, and what looks after its keys. Immutable.
 *
 * @param store the store, which encrypts if the data is encrypted
 * @param renewal replaces old keys; absent when nothing is encrypted
 */
record EncryptionParts(Store store, Optional<Runnable> renewal) {
  /**
   * Opens the store.
   *
   * @throws org.ostraka.secret.MasterKeyException when the data is encrypted, and the master key is
   *     another one or cannot be used
   * @throws org.ostraka.storage.StorageException when encryption should begin on a store that has
   *     data
   */
  static EncryptionParts open(
      Encryption settings, Store below, MasterKey master, InstantSource clock) {
    if (!settings.begins() && !EncryptedStore.isEncrypted(below)) {
      return new EncryptionParts(below, Optional.empty());
    }
    EncryptedStore store = EncryptedStore.open(below, master, clock);
    return new EncryptionParts(store, Optional.of(() -> store.renewKeys(settings.keyLifetime())));
  }

  /** Returns whether the data is encrypted. */
  boolean areOn() {
    return renewal.isPresent();
  }
}
