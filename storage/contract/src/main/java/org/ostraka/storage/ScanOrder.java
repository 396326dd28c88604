package org.ostraka.storage;

import java.util.Comparator;

/**
 * The order in which a store scans the rows of one space, which is the same at every time. Any
 * thread.
 *
 * <p>Rows of one partition lie together, in the order of their sort bytes.
 */
public interface ScanOrder extends Comparator<RowKey> {
  /**
   * Returns the index of the {@link Slice} that has a key's partition.
   *
   * @param total how many slices there are, 1 or more
   */
  int sliceOf(RowKey key, int total);
}
