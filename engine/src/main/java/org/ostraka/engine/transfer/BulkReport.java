package org.ostraka.engine.transfer;

import org.ostraka.model.Bytes;

/**
 * What is to be reported of items that one decision did not write, until it is in a file.
 * Immutable.
 *
 * @param number the number of items that were read before the decision
 * @param errors lines of items that break a rule
 * @param unmet lines of items whose condition did not hold
 */
public record BulkReport(long number, Bytes errors, Bytes unmet) {
  /** Nothing to report. */
  public static final BulkReport NONE = new BulkReport(0, Bytes.EMPTY, Bytes.EMPTY);

  public boolean isEmpty() {
    return sizeBytes() == 0;
  }

  public long sizeBytes() {
    return (long) errors.sizeBytes() + unmet.sizeBytes();
  }
}
