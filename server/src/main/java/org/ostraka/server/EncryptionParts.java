package org.ostraka.server;

import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.TableKeys;
import org.ostraka.server.config.Encryption;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;

/**
 * The store as the engine uses it, and what looks after its keys. Immutable.
 *
 * @param store the store, which encrypts if the data is encrypted
 * @param renewal replaces old keys; absent when nothing is encrypted
 * @param encrypted the store again, if it encrypts
 * @param tableKeys the keys that tables may name
 */
record EncryptionParts(
    Store store,
    Optional<Runnable> renewal,
    Optional<EncryptedStore> encrypted,
    TableKeys tableKeys) {
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
    TableKeys tableKeys = MasterKeys.tableKeys(settings.masterKey(), clock);
    if (!settings.begins() && !EncryptedStore.isEncrypted(below)) {
      return new EncryptionParts(below, Optional.empty(), Optional.empty(), tableKeys);
    }
    EncryptedStore store = EncryptedStore.open(below, master, tableKeys, clock);
    return new EncryptionParts(
        store,
        Optional.of(() -> store.renewKeys(settings.keyLifetime())),
        Optional.of(store),
        tableKeys);
  }

  /** Returns whether the data is encrypted. */
  boolean areOn() {
    return renewal.isPresent();
  }
}
