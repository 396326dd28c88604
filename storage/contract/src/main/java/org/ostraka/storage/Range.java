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

    /** All rows of the partition. */
    public static OfPartition all(Space space, Bytes partition, Direction direction) {
      return new OfPartition(space, partition, Bytes.EMPTY, Optional.empty(), direction);
    }
  }

  /**
   * Rows of all partitions whose hash lies in a slice.
   *
   * @param firstHash the least hash, unsigned, included
   * @param lastHash the greatest hash, unsigned, included
   * @param after the key beyond which to go on, in the direction of travel; that key itself is not
   *     shown
   */
  record OfHashes(
      Space space, long firstHash, long lastHash, Optional<RowKey> after, Direction direction)
      implements Range {
    public OfHashes {
      if (Long.compareUnsigned(firstHash, lastHash) > 0) {
        throw new IllegalArgumentException("a slice begins at or before its end");
      }
    }

    /** All rows of the space. */
    public static OfHashes all(Space space) {
      return new OfHashes(space, 0, -1L, Optional.empty(), Direction.FORWARD);
    }
  }
}
