package org.ostraka.storage.rocksdb;

/** What to do when data that was durable is damaged or missing. */
public enum LostWrites {
  /** The data directory is not opened. */
  REFUSE,

  /** Goes on with what there is, says what is given up, and keeps the damaged files aside. */
  ACCEPT
}
