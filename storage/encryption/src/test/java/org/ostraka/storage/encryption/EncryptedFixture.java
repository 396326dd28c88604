package org.ostraka.storage.encryption;

import java.time.InstantSource;
import java.util.Set;
import org.ostraka.secret.MasterKey;
import org.ostraka.storage.Store;
import org.ostraka.testkit.store.Offer;
import org.ostraka.testkit.store.StoreFixture;

/** An encrypted store over the store of another fixture. Threads as in {@link StoreFixture}. */
final class EncryptedFixture implements StoreFixture {
  private final StoreFixture below;
  private final MasterKey master;
  private volatile Store store;

  EncryptedFixture(StoreFixture below, MasterKey master) {
    this.below = below;
    this.master = master;
    this.store = EncryptedStore.open(below.store(), master, InstantSource.system());
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Set<Offer> offers() {
    return below.offers();
  }

  @Override
  public void crash() {
    below.crash();
    store = EncryptedStore.open(below.store(), master, InstantSource.system());
  }

  @Override
  public void reopen() {
    below.reopen();
    store = EncryptedStore.open(below.store(), master, InstantSource.system());
  }

  @Override
  public void close() {
    below.close();
  }
}
