package org.ostraka.storage.postgresql;

import org.ostraka.testkit.store.StoreContract;
import org.ostraka.testkit.store.StoreFixture;

final class PostgresStoreContractTest extends StoreContract {
  private static final int PERCENT = Integer.getInteger("ostraka.postgresql.percent", 10);

  @Override
  public StoreFixture open() {
    return new PostgresFixture();
  }

  /**
   * Each operation is a round trip or two, and so a build does a tenth of the work. A long run sets
   * the property to 100.
   */
  @Override
  public int rounds(int usual) {
    return Math.max(1, usual * PERCENT / 100);
  }
}
