package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;

/**
 * How far the building of an index has come through its table's items. Immutable.
 *
 * @param index where the index's rows lie
 * @param since when it began
 * @param after the last item that was read; absent before the first
 * @param items items that were read
 * @param entries rows that the index got
 * @param sizeBytes the bytes of these
 */
public record IndexBuildPosition(
    Space index, Instant since, Optional<RowKey> after, long items, long entries, long sizeBytes) {

  static IndexBuildPosition start(Space index, Instant since) {
    return new IndexBuildPosition(index, since, Optional.empty(), 0, 0, 0);
  }

  /** The position behind some more items. */
  public IndexBuildPosition advanced(
      RowKey last, long moreItems, long moreEntries, long moreBytes) {
    return new IndexBuildPosition(
        index,
        since,
        Optional.of(last),
        items + moreItems,
        entries + moreEntries,
        sizeBytes + moreBytes);
  }

  /**
   * Returns whether an item at this place has been read, or would have been had it been there.
   *
   * @param order the order in which items are read
   */
  public boolean hasPassed(RowKey item, ScanOrder order) {
    return after.filter(last -> order.compare(item, last) <= 0).isPresent();
  }
}
