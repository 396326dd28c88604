package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;

/**
 * The position of an index build in its table's items. Immutable.
 *
 * @param index the space of the index's rows
 * @param since when the build began
 * @param after the last item that was read; absent before the first
 * @param items the number of items that were read
 * @param entries the number of rows that were written to the index
 * @param sizeBytes the bytes of these rows
 */
public record IndexBuildPosition(
    Space index, Instant since, Optional<RowKey> after, long items, long entries, long sizeBytes) {

  static IndexBuildPosition start(Space index, Instant since) {
    return new IndexBuildPosition(index, since, Optional.empty(), 0, 0, 0);
  }

  /** Returns the position after some more items. */
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
   * Returns whether the build has read up to or beyond this key, whether or not such an item
   * exists.
   *
   * @param order the order in which items are read
   */
  public boolean hasPassed(RowKey item, ScanOrder order) {
    return after.filter(last -> order.compare(item, last) <= 0).isPresent();
  }
}
