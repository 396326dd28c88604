package org.ostraka.storage.encryption;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.secret.MasterKeyFile;
import org.ostraka.testkit.store.MemoryStoreFixture;
import org.ostraka.testkit.store.StoreContract;
import org.ostraka.testkit.store.StoreFixture;

/** An encrypted store keeps the contract of the store below. */
final class EncryptedStoreContractTest extends StoreContract {
  @TempDir Path directory;

  @Override
  public StoreFixture open() {
    return new EncryptedFixture(
        new MemoryStoreFixture(RandomGenerator.getDefault()),
        MasterKeyFile.readOrMake(directory.resolve("master.key")));
  }
}
