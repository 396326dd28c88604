package org.ostraka.engine.query;

import java.math.BigInteger;
import java.util.Optional;
import org.ostraka.storage.Direction;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A segment of a table: the partitions whose hash lies in one of equal slices. Immutable.
 *
 * <p>The slices of one total are disjoint and leave nothing out, and a key is in the same slice at
 * every time.
 *
 * @param first the least hash, unsigned, included
 * @param last the greatest hash, unsigned, included
 */
public record HashSlice(long first, long last) {
  /** All partitions. */
  public static final HashSlice WHOLE = new HashSlice(0, -1L);

  private static final BigInteger HASHES = BigInteger.TWO.pow(Long.SIZE);

  /**
   * One of several segments.
   *
   * @param segment 0 to {@code totalSegments - 1}
   */
  static HashSlice of(int segment, int totalSegments) {
    return new HashSlice(start(segment, totalSegments), start(segment + 1, totalSegments) - 1);
  }

  boolean contains(RowKey key) {
    long hash = PartitionHash.of(key.partition());
    return Long.compareUnsigned(first, hash) <= 0 && Long.compareUnsigned(hash, last) <= 0;
  }

  /** The slice's rows, beyond {@code after} if there is one. */
  public Range range(Space space, Optional<RowKey> after) {
    return new Range.OfHashes(space, first, last, after, Direction.FORWARD);
  }

  /** The least hash of a segment; the one after the last segment begins again at 0. */
  private static long start(int segment, int totalSegments) {
    return HASHES
        .multiply(BigInteger.valueOf(segment))
        .divide(BigInteger.valueOf(totalSegments))
        .longValue();
  }
}
