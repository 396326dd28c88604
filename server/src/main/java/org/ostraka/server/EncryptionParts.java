package org.ostraka.server;

import java.time.Duration;
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
 * @param below the store that encrypts nothing itself
 * @param encrypted the store over it; absent when the data is not encrypted
 * @param tableKeys the keys that tables may name
 */
record EncryptionParts(
    Store below, Optional<EncryptedStore> encrypted, TableKeys tableKeys, Duration keyLifetime) {
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
    Optional<EncryptedStore> encrypted =
        settings.begins() || EncryptedStore.isEncrypted(below)
            ? Optional.of(EncryptedStore.open(below, master, tableKeys, clock))
            : Optional.empty();
    return new EncryptionParts(below, encrypted, tableKeys, settings.keyLifetime());
  }

  /** Returns the store for the engine. */
  Store store() {
    return encrypted.<Store>map(store -> store).orElse(below);
  }

  /** Returns the work that replaces old keys; empty when nothing is encrypted. */
  Optional<Runnable> renewal() {
    return encrypted.map(store -> () -> store.renewKeys(keyLifetime));
  }

  /** Returns whether the data is encrypted. */
  boolean areOn() {
    return encrypted.isPresent();
  }
}
