package org.ostraka.testkit.store;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.ostraka.storage.Store;

/**
 * The suite that every {@link Store} passes: a store's test extends it and says how to open the
 * store. Each interface is the part of the suite for one subject.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StoreContract
    implements RowsContract,
        ScanContract,
        LogContract,
        TrimContract,
        StampContract,
        GuardContract,
        ReplicationContract,
        LifeContract,
        CrashContract,
        ModelContract,
        HistoryContract {

  private StoreFixture fixture = new NoFixture();

  /** Opens a fixture with an empty store. */
  @Override
  public abstract StoreFixture open();

  @Override
  public final StoreFixture fixture() {
    return fixture;
  }

  @BeforeEach
  final void openFixture() {
    fixture = open();
  }

  @AfterEach
  final void closeFixture() {
    fixture.close();
  }

  /** Takes the place of a fixture until there is one. */
  private static final class NoFixture implements StoreFixture {
    @Override
    public Store store() {
      throw new IllegalStateException("the test has not begun");
    }

    @Override
    public Set<Offer> offers() {
      return Set.of();
    }

    @Override
    public void crash() {}

    @Override
    public void reopen() {}

    @Override
    public void close() {}
  }
}
