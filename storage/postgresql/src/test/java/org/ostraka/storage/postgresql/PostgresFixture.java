package org.ostraka.storage.postgresql;

import java.util.Set;
import org.ostraka.storage.Store;
import org.ostraka.testkit.store.Offer;
import org.ostraka.testkit.store.StoreFixture;

/**
 * A store in a database of its own. A crash breaks all of the store's connections, whatever they
 * are doing. Threads as in {@link StoreFixture}.
 */
final class PostgresFixture implements StoreFixture {
  private static final String BREAK =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

  private final String database = TestDatabases.take();
  private volatile Store store = open();

  private Store open() {
    return PostgresStore.open(TestDatabases.settings(database));
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Set<Offer> offers() {
    return Set.of(Offer.CRASHES);
  }

  @Override
  public void crash() {
    TestDatabases.execute(database, BREAK);
    reopen();
  }

  @Override
  public void reopen() {
    store.close();
    store = open();
  }

  @Override
  public void close() {
    store.close();
    TestDatabases.giveBack(database);
  }
}
