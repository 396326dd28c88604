package org.ostraka.engine.backup;

import java.util.Optional;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Stamp;

/**
 * A scan of a table's rows into segments. Together with the changes since it began, it has the
 * state of the table at its cut and at any later time. Immutable.
 *
 * @param number tells it from the other bases of its chain
 * @param firstSegment the first segment that may have changes which the scan does not show
 * @param after the last row that was read; absent before the first
 * @param items the number of rows that were read
 * @param sizeBytes their size by the service's formula
 * @param cut a stamp after the scan's end; absent while rows are left to read
 */
record Base(
    int number,
    long firstSegment,
    Optional<RowKey> after,
    long items,
    long sizeBytes,
    Optional<Stamp> cut) {
  static Base begin(int number, long firstSegment) {
    return new Base(number, firstSegment, Optional.empty(), 0, 0, Optional.empty());
  }

  Base advanced(RowKey last, long moreItems, long moreBytes) {
    return new Base(
        number, firstSegment, Optional.of(last), items + moreItems, sizeBytes + moreBytes, cut);
  }

  /** Returns the base after all rows were read. */
  Base complete(Stamp at) {
    return new Base(number, firstSegment, after, items, sizeBytes, Optional.of(at));
  }
}
