package org.ostraka.storage.volume;

import java.util.HashMap;
import java.util.Map;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Space;

/**
 * The last position of each log in use, read from the volume when it is first needed. The
 * committer's thread.
 */
final class LogPositions {
  private final Volume volume;
  private final Map<LogId, Long> last = new HashMap<>();

  LogPositions(Volume volume) {
    this.volume = volume;
  }

  /** The position of the log's next record. */
  long next(LogId log) {
    long position = last.computeIfAbsent(log, this::stored) + 1;
    last.put(log, position);
    return position;
  }

  void forget(Space space) {
    last.remove(new LogId(space));
  }

  /** Forgets positions that were given out but did not become durable. */
  void forgetAll() {
    last.clear();
  }

  private long stored(LogId log) {
    StoredKey.Span span = StoredKey.recordsOf(log.space());
    try (VolumeCursor cursor = volume.scan(span.from(), span.to(), Direction.BACKWARD)) {
      return cursor.next().map(entry -> StoredKey.position(entry.key())).orElse(0L);
    }
  }
}
