package org.ostraka.engine.stream;

import java.util.LinkedHashMap;
import java.util.function.Function;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;

/**
 * The positions at which shards that take no more changes end. They never change, and each costs a
 * search in the store, so those that were asked for last are kept. Any thread.
 */
final class ShardEnds {
  /** Some 150 bytes each. */
  static final int MAX_KEPT = 10_000;

  private final Function<LogId, Position> newest;
  private final LinkedHashMap<LogId, Position> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes an empty memory.
   *
   * @param newest searches the position of a log's last record
   */
  ShardEnds(Function<LogId, Position> newest) {
    this.newest = newest;
  }

  /** Returns the position of the last change of a shard that is closed. */
  Position of(LogHistory.Shard closed) {
    synchronized (this) {
      Position end = kept.get(closed.id());
      if (end != null) {
        return end;
      }
    }
    Position end = newest.apply(closed.id());
    synchronized (this) {
      kept.put(closed.id(), end);
      if (kept.size() > MAX_KEPT) {
        kept.pollFirstEntry();
      }
    }
    return end;
  }
}
