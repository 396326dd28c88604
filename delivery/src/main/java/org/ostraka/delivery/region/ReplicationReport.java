package org.ostraka.delivery.region;

import java.util.Comparator;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.stream.StreamView;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/** Tells how far the replication of tables to other regions has come. Any thread. */
public final class ReplicationReport {
  /** Changes that wait are counted up to this number. */
  public static final int MAX_PENDING = 100_000;

  private static final long PAGE_BYTES = 4 << 20;

  private final Store store;
  private final LogHistories histories;
  private final LogReaders readers;
  private final ReplicationStatus status;

  public ReplicationReport(Store store, ReplicationStatus status) {
    this.store = store;
    this.histories = new LogHistories(store);
    this.readers = new LogReaders(store);
    this.status = status;
  }

  /**
   * Returns the stamp up to which everything that was written to a replica in its region is durable
   * in another one; {@link Stamp#ZERO} when that is not known.
   */
  public Stamp durable(TableDescription replica, Region to) {
    Optional<LogReader> reader = reader(replica, to);
    boolean copied =
        replica
            .global()
            .flatMap(global -> global.member(to))
            .filter(GlobalTable.Member::copied)
            .isPresent();
    if (reader.isEmpty() || !copied) {
      return Stamp.ZERO;
    }
    return histories.of(replica.arn()).shards().stream()
        .filter(reader.get()::needs)
        .map(shard -> status.durable(replica.arn(), to, StreamView.id(shard.log())))
        .min(Comparator.naturalOrder())
        .orElse(Stamp.ZERO);
  }

  /**
   * Returns how many changes of a replica's region wait to be sent to another one, up to {@link
   * #MAX_PENDING}.
   */
  public long pending(TableDescription replica, Region to) {
    Optional<LogReader> reader = reader(replica, to);
    if (reader.isEmpty()) {
      return 0;
    }
    Origin own = RegionOrigin.of(replica.arn().owner().region());
    long pending = 0;
    for (LogHistory.Shard shard : histories.of(replica.arn()).shards()) {
      if (reader.get().needs(shard)) {
        pending += pending(shard, reader.get().cursor(shard.space()), own, pending);
      }
    }
    return Math.min(pending, MAX_PENDING);
  }

  private long pending(LogHistory.Shard shard, Position cursor, Origin own, long before) {
    long found = 0;
    LogPage page = page(shard, cursor);
    while (!page.records().isEmpty() && before + found < MAX_PENDING) {
      found +=
          page.records().stream().filter(record -> record.version().origin().equals(own)).count();
      page = page(shard, page.next());
    }
    return found;
  }

  private LogPage page(LogHistory.Shard shard, Position after) {
    try {
      return store.readLog(shard.id(), after, Store.MAX_LOG_PAGE, PAGE_BYTES);
    } catch (LogTrimmedException _) {
      return store.readLog(shard.id(), store.oldest(shard.id()), Store.MAX_LOG_PAGE, PAGE_BYTES);
    }
  }

  private Optional<LogReader> reader(TableDescription replica, Region to) {
    return replica
        .global()
        .flatMap(global -> readers.find(replica.arn(), ReplicaReaders.name(global, to)));
  }
}
