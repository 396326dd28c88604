package org.ostraka.engine.directory;

import org.ostraka.engine.TestEngine;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyInMemory;

/** Directories of engines in tests. Stateless. */
public final class TestDirectory {
  private TestDirectory() {}

  /** Opens the directory of an engine's store, with a master key that is always the same. */
  public static Directory open(TestEngine engine) {
    return open(engine, masterKey(1));
  }

  static Directory open(TestEngine engine, MasterKey master) {
    return Directory.open(
        engine.store(), engine.catalogue().sharedChanges(), new SecretSeal(engine.store(), master));
  }

  public static MasterKey masterKey(int first) {
    byte[] bytes = new byte[AesGcm.KEY_BYTES];
    bytes[0] = (byte) first;
    return new MasterKeyInMemory(bytes);
  }
}
