package org.ostraka.testkit.store;

import java.util.random.RandomGenerator;

/** The store in memory keeps the contract with a cache that is too small for its rows. */
final class CachedStoreContractTest extends StoreContract {
  private static final long CACHE_BYTES = 16 << 10;

  @Override
  public StoreFixture open() {
    return new MemoryStoreFixture(RandomGenerator.getDefault(), CACHE_BYTES);
  }
}
