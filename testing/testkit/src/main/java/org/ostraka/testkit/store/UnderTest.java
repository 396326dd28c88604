package org.ostraka.testkit.store;

import org.ostraka.storage.Store;

/**
 * What the parts of the contract ask of a test of one store. Each test has a fixture of its own.
 */
interface UnderTest {
  /** This test's fixture. */
  StoreFixture fixture();

  /** One more fixture, which the caller closes. */
  StoreFixture open();

  default Store store() {
    return fixture().store();
  }

  default StoreClient client() {
    return new StoreClient(store());
  }
}
