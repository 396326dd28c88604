package org.ostraka.testkit.store;

/**
 * What a store may offer beyond the contract. The contract's tests hold a store to what it offers,
 * and to refusing what it does not.
 */
public enum Offer {
  /** The fixture can cut the power; without it {@link StoreFixture#crash} only reopens. */
  CRASHES,
  /**
   * Reads with {@link org.ostraka.storage.Consistency#EVENTUAL} may lag; without it they show what
   * was acknowledged.
   */
  STALE_READS,
  /** Cursors travel backward; without it such a scan is an UnsupportedOperationException. */
  BACKWARD_SCANS
}
