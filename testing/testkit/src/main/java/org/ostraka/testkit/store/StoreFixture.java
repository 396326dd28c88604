package org.ostraka.testkit.store;

import java.util.Set;
import org.ostraka.storage.Store;

/**
 * A store on a disk of its own, empty at first, that a test can crash and reopen. One thread
 * crashes, reopens and closes; any thread may use the store.
 */
public interface StoreFixture extends AutoCloseable {
  /** Returns the store that is open now. */
  Store store();

  /** Returns what the store offers beyond what every store does. */
  Set<Offer> offers();

  /**
   * Cuts the power at this moment and opens a new store on what the disk holds: whatever was
   * synced, and any part of what was not that a disk may have kept. Calls in flight on the old
   * store have ended when this returns, and what any of them acknowledged is kept.
   */
  void crash();

  /** Closes the store and opens a new one on the same disk. */
  void reopen();

  /** Closes the store and lets go of the disk. */
  @Override
  void close();
}
