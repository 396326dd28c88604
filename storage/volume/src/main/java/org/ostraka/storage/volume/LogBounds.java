package org.ostraka.storage.volume;

/**
 * How far a log was trimmed, and its newest record at that time, which its next position goes on
 * from when no record is left. Immutable.
 *
 * @param trimmed the position of the last record that was trimmed; 0 for none
 * @param newest the position of the newest record; 0 for none
 */
record LogBounds(long trimmed, long newest) {
  static final LogBounds NONE = new LogBounds(0, 0);
}
