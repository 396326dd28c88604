package org.ostraka.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.engine.stream.Change;
import org.ostraka.engine.stream.UnreadShard;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed from the store. One thread. */
final class StoredFeed implements ShardFeed {
  private static final Logger LOG = LoggerFactory.getLogger(StoredFeed.class);

  /** How soon a change is seen while the shard is idle. The store does not tell of new records. */
  private static final Duration POLL = Duration.ofMillis(20);

  private final UnreadShard shard;
  private final String reader;
  private final Pause pause;
  private final Supplier<List<Guard>> guards;
  private boolean lost;

  /**
   * Makes a feed.
   *
   * @param reader the reader's name
   * @param guards returns the guards of deliveries; throws when delivery is to stop
   */
  StoredFeed(UnreadShard shard, String reader, Pause pause, Supplier<List<Guard>> guards) {
    this.shard = shard;
    this.reader = reader;
    this.pause = pause;
    this.guards = guards;
  }

  @Override
  public String shardId() {
    return shard.id();
  }

  @Override
  public TableArn table() {
    return shard.table();
  }

  @Override
  public Optional<StreamArn> stream() {
    return shard.stream();
  }

  @Override
  public List<Change> take(int maxRecords, long maxBytes, Duration wait)
      throws InterruptedException {
    return take(() -> shard.next(Math.min(maxRecords, Store.MAX_LOG_PAGE), maxBytes), wait);
  }

  @Override
  public List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait)
      throws InterruptedException {
    return take(() -> shard.nextRecords(Math.min(maxRecords, Store.MAX_LOG_PAGE), maxBytes), wait);
  }

  @Override
  public boolean takeLoss() {
    boolean was = lost;
    lost = false;
    return was;
  }

  private <T> List<T> take(Supplier<List<T>> next, Duration wait) throws InterruptedException {
    Duration left = wait;
    while (true) {
      List<T> changes = next.get();
      if (shard.takeLoss()) {
        lost = true;
        LOG.error(
            "changes of {} are lost for {}: they were not delivered within the time for which they"
                + " are kept",
            shard.table(),
            reader);
      }
      if (!changes.isEmpty() || shard.isAtEnd() || left.isZero()) {
        return changes;
      }
      Duration rest = left.compareTo(POLL) < 0 ? left : POLL;
      pause.sleep(rest);
      left = left.minus(rest);
    }
  }

  @Override
  public void delivered(Position upTo) {
    shard.delivered(upTo, guards.get());
  }

  @Override
  public boolean isAtEnd() {
    return shard.isAtEnd();
  }
}
