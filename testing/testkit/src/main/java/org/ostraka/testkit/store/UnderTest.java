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

  /**
   * Returns how often a test repeats its work.
   *
   * @param usual for a store whose operations take microseconds; a store that is slower may choose
   *     a lower number, but not 0
   */
  default int rounds(int usual) {
    return usual;
  }

  default Store store() {
    return fixture().store();
  }

  default StoreClient client() {
    return new StoreClient(store());
  }
}
