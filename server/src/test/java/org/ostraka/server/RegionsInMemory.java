package org.ostraka.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.WantedReader;
import org.ostraka.delivery.region.ReplicaReaders;
import org.ostraka.delivery.region.ReplicationStatus;
import org.ostraka.delivery.region.StoredProgress;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupExchange;
import org.ostraka.engine.region.LocalPeer;
import org.ostraka.engine.region.Peers;
import org.ostraka.engine.stream.Change;
import org.ostraka.engine.stream.UnreadShard;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;

/**
 * Replication between the regions of one process, in the thread that asks for it. One thread.
 *
 * @param peers the regions of the process
 */
record RegionsInMemory(Store store, Peers peers, ReplicaReaders readers) {
  /** Rounds after which whatever was begun has ended: a replica is told, created, copied. */
  private static final int ROUNDS = 4;

  static RegionsInMemory of(
      Store store, Catalogue catalogue, Clock clock, Supplier<UUID> ids, ServerSettings settings) {
    GlobalTables tables = new GlobalTables(catalogue, clock, ids, settings.engine(), () -> {});
    ReplicationStatus status = new ReplicationStatus();
    Peers peers =
        new KnownRegions(
            settings.regions(),
            new LocalPeer(store, catalogue, tables, new StoredProgress(store, clock)),
            Map::of);
    ReplicaReaders readers =
        new ReplicaReaders(
            store,
            catalogue,
            tables,
            peers,
            new GroupExchange(tables, peers, Runnable::run, GroupExchange.REPEAT),
            status,
            Runnable::run,
            clock,
            new BackOff(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                new Random(1),
                _ -> {
                  throw new InterruptedException();
                }));
    return new RegionsInMemory(store, peers, readers);
  }

  /** Replicates everything that was written. */
  void replicate() {
    for (int round = 0; round < ROUNDS; round++) {
      readers.wanted(List.of()).forEach(this::deliver);
    }
  }

  private void deliver(WantedReader wanted) {
    LogReader reader =
        new LogReaders(store)
            .begin(wanted.table(), wanted.name(), wanted.streamsOnly(), wanted.start(), List.of());
    LogHistories histories = new LogHistories(store);
    LogHistory history = histories.of(wanted.table());
    for (LogHistory.Shard shard : reader.readable(history)) {
      UnreadShard unread = new UnreadShard(store, histories, reader, history, shard);
      try {
        wanted.consumer().consume(new Rest(unread));
        if (unread.isAtEnd()) {
          unread.finished(List.of());
        }
      } catch (InterruptedException _) {
        // The other region does not take the changes yet.
      } catch (IllegalStateException failed) {
        requireRefused(failed);
      }
    }
  }

  /** Rethrows a failure to send, unless the other region does not take the changes. */
  private static void requireRefused(IllegalStateException failed) {
    boolean refused =
        failed.getCause() instanceof ExecutionException sending
            && sending.getCause() instanceof InterruptedException;
    if (!refused) {
      throw failed;
    }
  }

  /** What a shard has at present. One thread. */
  private static final class Rest implements ShardFeed {
    private final UnreadShard shard;
    private boolean ended;

    Rest(UnreadShard shard) {
      this.shard = shard;
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
    public List<Change> take(int maxRecords, long maxBytes, Duration wait) {
      throw new UnsupportedOperationException("replication takes records");
    }

    @Override
    public List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait) {
      List<LogRecord> records = shard.nextRecords(maxRecords, maxBytes);
      ended = records.isEmpty();
      return records;
    }

    @Override
    public boolean takeLoss() {
      return shard.takeLoss();
    }

    @Override
    public void delivered(Position upTo) {
      shard.delivered(upTo, List.of());
    }

    @Override
    public boolean isAtEnd() {
      return ended;
    }
  }
}
