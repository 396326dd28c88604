package org.ostraka.engine.lease;

/** Background work that one of the servers does for all. */
public enum Duty {
  /** Builds the indexes that are added to tables. */
  INDEX_BUILDING,
  /** Finishes deletions of tables and indexes, and removes old tombstones. */
  MAINTENANCE,
  /** Deletes items that have expired. */
  SWEEPING,
  /** Delivers changes of items to Kinesis data streams, functions and brokers. */
  DELIVERY,
  /** Makes backups, archives changes of items, and restores tables. */
  ARCHIVING,
  /** Changes provisioned units as auto scaling wants it. */
  SCALING
}
