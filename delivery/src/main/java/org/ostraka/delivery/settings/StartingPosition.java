package org.ostraka.delivery.settings;

/** Where a reader begins that has read nothing yet. */
public enum StartingPosition {
  /** With the oldest change that the table's log has. */
  TRIM_HORIZON,
  /** With the first change after the reader became known. */
  LATEST
}
