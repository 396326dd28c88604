package org.ostraka.testkit.store;

import org.ostraka.storage.Store;

/**
 * What the parts of the contract need from the test of a store. Each test has a fixture of its own.
 */
interface UnderTest {
  /** Returns this test's fixture. */
  StoreFixture fixture();

  /** Opens another fixture, which the caller closes. */
  StoreFixture open();

  default Store store() {
    return fixture().store();
  }

  default StoreClient client() {
    return new StoreClient(store());
  }
}
