package org.ostraka.storage;

import java.util.Optional;
import org.ostraka.model.Bytes;

/** Which rows a cursor shows, and in which order. Immutable. */
public sealed interface Range {
  Space space();

  Direction direction();

  /**
   * Rows of one partition by their sort bytes.
   *
   * @param from the least sort bytes, included
   * @param to the sort bytes before which the range ends; absent for no end
   */
  record OfPartition(
      Space space, Bytes partition, Bytes from, Optional<Bytes> to, Direction direction)
      implements Range {

    /** Returns all rows of the partition. */
    public static OfPartition all(Space space, Bytes partition, Direction direction) {
      return new OfPartition(space, partition, Bytes.EMPTY, Optional.empty(), direction);
    }
  }

  /**
   * Rows of all partitions of a slice, in the store's {@link ScanOrder}.
   *
   * @param after the key beyond which to go on, in the direction of travel; that key itself is not
   *     shown, and there need not be a row
   */
  record OfSlice(Space space, Slice slice, Optional<RowKey> after, Direction direction)
      implements Range {

    /** Returns all rows of the space. */
    public static OfSlice all(Space space) {
      return after(space, Optional.empty());
    }

    /** Returns the rows of the space beyond a key, if there is one. */
    public static OfSlice after(Space space, Optional<RowKey> after) {
      return new OfSlice(space, Slice.WHOLE, after, Direction.FORWARD);
    }
  }
}
