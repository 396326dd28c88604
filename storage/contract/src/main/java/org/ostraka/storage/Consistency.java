package org.ostraka.storage;

/** How fresh a read must be. */
public enum Consistency {
  /** Sees every write that was acknowledged before the read began. */
  STRONG,
  /** May see a recent earlier state, where the store saves something by it. */
  EVENTUAL
}
