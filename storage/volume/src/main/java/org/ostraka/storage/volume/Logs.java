package org.ostraka.storage.volume;

import java.util.HashMap;
import java.util.Map;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Space;

/**
 * The bounds of each log in use, read from the volume when they are first needed. The committer's
 * thread.
 */
final class Logs {
  private final Volume volume;
  private final Map<LogId, LogBounds> known = new HashMap<>();

  Logs(Volume volume) {
    this.volume = volume;
  }

  /** Returns the position of the log's next record. */
  long next(LogId log) {
    LogBounds bounds = bounds(log);
    long position = bounds.newest() + 1;
    known.put(log, new LogBounds(bounds.trimmed(), position));
    return position;
  }

  /**
   * Adds to a batch what trims a log.
   *
   * @param upTo the position of the last record to remove; beyond the newest for all
   */
  void trim(LogId log, long upTo, Batch batch) {
    LogBounds before = bounds(log);
    long last = Math.min(upTo, before.newest());
    if (last <= before.trimmed()) {
      return;
    }
    LogBounds after = new LogBounds(last, before.newest());
    byte[] key = StoredKey.boundsOf(log.space());
    batch.deleteRange(
        new StoredKey.Span(StoredKey.of(log, before.trimmed() + 1), StoredKey.of(log, last + 1)));
    batch.note(key, StoredValue.ofBounds(key, after));
    known.put(log, after);
  }

  void forget(Space space) {
    known.remove(new LogId(space));
  }

  /** Forgets positions that were given out but did not become durable. */
  void forgetAll() {
    known.clear();
  }

  private LogBounds bounds(LogId log) {
    return known.computeIfAbsent(log, it -> stored(volume, it));
  }

  /** Returns a log's bounds as a volume has them. */
  static LogBounds stored(Volume volume, LogId log) {
    long trimmed = trimmed(volume, log).trimmed();
    StoredKey.Span span = StoredKey.recordsOf(log.space());
    try (VolumeCursor cursor = volume.scan(span.from(), span.to(), Direction.BACKWARD)) {
      return cursor
          .next()
          .map(entry -> new LogBounds(trimmed, StoredKey.position(entry.key())))
          // Read again: a log that was trimmed meanwhile has its newest position there.
          .orElseGet(() -> trimmed(volume, log));
    }
  }

  /** Returns what a log's last trimming has stored. */
  static LogBounds trimmed(Volume volume, LogId log) {
    byte[] key = StoredKey.boundsOf(log.space());
    byte[] stored = volume.get(key);
    return stored == null ? LogBounds.NONE : StoredValue.bounds(key, stored);
  }
}
