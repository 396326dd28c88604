package org.ostraka.storage.rocksdb;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.testkit.store.StoreContract;
import org.ostraka.testkit.store.StoreFixture;

/** The store on RocksDB keeps the contract. */
final class RocksStoreContractTest extends StoreContract {
  @TempDir Path directory;
  private final AtomicInteger fixtures = new AtomicInteger();

  @Override
  public StoreFixture open() {
    return new RocksStoreFixture(directory.resolve("disk-" + fixtures.incrementAndGet()));
  }

  /** Each list reopens the store several times, which takes RocksDB some 50 ms. */
  @Override
  public int modelRuns() {
    return 8;
  }
}
