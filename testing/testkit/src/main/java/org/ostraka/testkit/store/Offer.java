package org.ostraka.testkit.store;

/** What a store, or its fixture, may offer beyond the contract. */
public enum Offer {
  /** The fixture can cut the power; without it {@link StoreFixture#crash} only reopens. */
  CRASHES,
  /**
   * Reads with {@link org.ostraka.storage.Consistency#EVENTUAL} may lag; without it they show what
   * was acknowledged.
   */
  STALE_READS
}
