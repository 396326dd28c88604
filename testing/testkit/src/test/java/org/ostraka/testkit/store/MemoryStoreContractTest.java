package org.ostraka.testkit.store;

import java.util.random.RandomGenerator;

/** The store in memory keeps the contract. */
final class MemoryStoreContractTest extends StoreContract {
  @Override
  public StoreFixture open() {
    return new MemoryStoreFixture(RandomGenerator.getDefault());
  }
}
