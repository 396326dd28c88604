package org.ostraka.engine.backup;

import java.time.Duration;

/**
 * How the archive is written. Immutable.
 *
 * @param segmentBytes the bytes of rows or changes after which a segment ends
 * @param delay how long a change waits for others before it is archived
 * @param betweenBases the longest time between two bases
 * @param minChangesBytes the bytes of changes since the last base that are always kept without a
 *     new base, however small the table is
 */
record ArchiveSettings(
    long segmentBytes, Duration delay, Duration betweenBases, long minChangesBytes) {
  static final ArchiveSettings DEFAULT =
      new ArchiveSettings(4L << 20, Duration.ofSeconds(5), Duration.ofDays(1), 64L << 20);
}
