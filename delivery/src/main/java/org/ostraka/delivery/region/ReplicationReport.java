package org.ostraka.delivery.region;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.stream.StreamView;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;
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

  /** What was counted last of each shard that has to be read. */
  private final Map<Route, Map<Space, PendingChanges>> counted = new ConcurrentHashMap<>();

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
   * #MAX_PENDING}. What was counted before is not read again, and a count reads a bounded part of
   * the log; see {@link PendingChanges}.
   */
  public long pending(TableDescription replica, Region to) {
    Route route = new Route(replica.arn(), to);
    Map<Space, PendingChanges> counts = new HashMap<>();
    long pending = 0;
    Optional<LogReader> reader = reader(replica, to);
    if (reader.isPresent()) {
      Map<Space, PendingChanges> before = counted.getOrDefault(route, Map.of());
      Origin own = RegionOrigin.of(replica.arn().owner().region());
      for (LogHistory.Shard shard : histories.of(replica.arn()).shards()) {
        if (reader.get().needs(shard)) {
          PendingChanges count =
              before
                  .getOrDefault(shard.space(), PendingChanges.NONE)
                  .counted(
                      new ShardLog(store, shard.id()),
                      reader.get().cursor(shard.space()),
                      own,
                      MAX_PENDING - pending);
          counts.put(shard.space(), count);
          pending += count.changes();
        }
      }
    }
    counted.put(route, Map.copyOf(counts));
    return Math.min(pending, MAX_PENDING);
  }

  /** Forgets what was counted of other routes. */
  void retain(Set<Route> kept) {
    counted.keySet().retainAll(kept);
  }

  /** The log of a shard in a store. */
  private record ShardLog(Store store, LogId id) implements PendingChanges.Log {
    @Override
    public LogPage after(Position position) {
      try {
        return store.readLog(id, position, PendingChanges.PIECE_RECORDS, PAGE_BYTES);
      } catch (LogTrimmedException _) {
        return store.readLog(id, oldest(), PendingChanges.PIECE_RECORDS, PAGE_BYTES);
      }
    }

    @Override
    public Position oldest() {
      return store.oldest(id);
    }
  }

  private Optional<LogReader> reader(TableDescription replica, Region to) {
    return replica
        .global()
        .flatMap(global -> readers.find(replica.arn(), ReplicaReaders.name(global, to)));
  }
}
