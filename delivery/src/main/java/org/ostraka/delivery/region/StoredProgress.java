package org.ostraka.delivery.region;

import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.LocalPeer;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/**
 * Finds how far the replication of tables to other regions has come, from what is stored. So every
 * server of a region can report it, not only the one that sends the changes. Any thread.
 */
public final class StoredProgress implements LocalPeer.Sent {
  private static final long PAGE_BYTES = 4 << 20;

  private final Store store;
  private final InstantSource clock;
  private final LogHistories histories;
  private final LogReaders readers;

  public StoredProgress(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.histories = new LogHistories(store);
    this.readers = new LogReaders(store);
  }

  @Override
  public GroupMessage.Progress of(TableDescription replica, Region to) {
    // The floor is read first: records that come after it have later stamps.
    Stamp floor = store.floor();
    Stamp now = Stamp.of(clock.instant());
    return new GroupMessage.Progress(
        floor.compareTo(now) > 0 ? floor : now, sent(replica, to, floor));
  }

  private Stamp sent(TableDescription replica, Region to, Stamp floor) {
    Optional<GlobalTable> copied =
        replica
            .global()
            .filter(global -> global.member(to).filter(GlobalTable.Member::copied).isPresent());
    Optional<LogReader> reader =
        copied.flatMap(global -> readers.find(replica.arn(), ReplicaReaders.name(global, to)));
    if (reader.isEmpty()) {
      return Stamp.ZERO;
    }
    Stamp sent = floor;
    for (LogHistory.Shard shard : histories.of(replica.arn()).shards()) {
      if (reader.get().needs(shard)) {
        Stamp upTo = sent(shard, reader.get().cursor(shard.space()), floor);
        sent = upTo.compareTo(sent) < 0 ? upTo : sent;
      }
    }
    return sent;
  }

  /** Returns the stamp before those of all records that are not sent; zero when they are many. */
  private Stamp sent(LogHistory.Shard shard, Position cursor, Stamp floor) {
    Position newest = store.newest(shard.id());
    LogPage page;
    try {
      page = store.readLog(shard.id(), cursor, Store.MAX_LOG_PAGE, PAGE_BYTES);
    } catch (LogTrimmedException _) {
      return Stamp.ZERO;
    }
    if (page.next().compareTo(newest) < 0) {
      return Stamp.ZERO;
    }
    return page.records().stream()
        .map(LogRecord::stamp)
        .min(Stamp::compareTo)
        .map(first -> new Stamp(Math.max(0, first.value() - 1)))
        .filter(before -> before.compareTo(floor) < 0)
        .orElse(floor);
  }
}
