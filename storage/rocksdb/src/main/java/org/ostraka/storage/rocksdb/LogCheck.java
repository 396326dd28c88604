package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Walks RocksDB's logs one after the other, and holds the sequence numbers of their batches
 * together: each batch begins where the one before it ended. One thread.
 *
 * <p>A record's content is a batch: sequence number of its first change(8), number of changes(4),
 * the changes.
 */
final class LogCheck {
  private static final int BATCH_HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private final String manifest;
  private long next;
  private boolean started;
  private boolean anyBatch;
  private LogWalk.@Nullable Break gap;

  /**
   * @param next the greatest sequence number that the first batch may have
   * @param manifest the name of the MANIFEST that says so
   */
  LogCheck(long next, String manifest) {
    this.next = next;
    this.manifest = manifest;
  }

  /** What there is in one log. */
  record Found(
      long soundBytes, long fileBytes, boolean hasBatches, Optional<LogWalk.Break> broken) {}

  Found walk(Path log) throws IOException {
    anyBatch = false;
    gap = null;
    LogWalk.Outcome outcome = LogWalk.walk(log, this::take);
    LogWalk.Break found = gap;
    if (found != null) {
      return new Found(found.offset(), outcome.fileBytes(), anyBatch, Optional.of(found));
    }
    return new Found(outcome.soundBytes(), outcome.fileBytes(), anyBatch, outcome.broken());
  }

  /** The sequence number that comes next; empty where no log had a batch. */
  OptionalLong next() {
    return started ? OptionalLong.of(next) : OptionalLong.empty();
  }

  private void take(LogWalk.Entry record) {
    if (gap != null) {
      return;
    }
    if (record.content().length < BATCH_HEAD_BYTES) {
      gap = new LogWalk.Break(record.offset(), "a record is too short for a batch", false);
      return;
    }
    ByteBuffer batch = ByteBuffer.wrap(record.content()).order(ByteOrder.LITTLE_ENDIAN);
    long sequence = batch.getLong();
    long count = Integer.toUnsignedLong(batch.getInt());
    if (started ? sequence != next : sequence > next) {
      String due = started ? "" : " at most, by " + manifest;
      String what = "a batch has sequence number " + sequence + " where " + next + " is due" + due;
      gap = new LogWalk.Break(record.offset(), what, false);
      return;
    }
    started = true;
    anyBatch = true;
    next = sequence + count;
  }
}
