package org.ostraka.delivery.region;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the changes of a shard that were made in its own region to a replica in another one. A
 * change that came from elsewhere is sent by the region in which it was made, so nothing comes
 * back. Any thread.
 *
 * @param table the table in its own region
 * @param target the other replica
 * @param global the id of the global table
 */
record ReplicaConsumer(Sending sending, TableArn table, TableArn target, UUID global, Peer peer)
    implements ShardConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaConsumer.class);

  /**
   * What all consumers share. Any thread.
   *
   * @param floor returns the stamp up to which the store is complete
   * @param executor sends batches, each of which may wait for the other region
   */
  record Sending(
      ReplicationStatus status,
      Supplier<Stamp> floor,
      Executor executor,
      Clock clock,
      BackOff backOff,
      Loss loss) {}

  /** Told when changes were removed before they were sent. Any thread. */
  @FunctionalInterface
  interface Loss {
    void of(TableArn table, Region to);
  }

  @Override
  public void consume(ShardFeed feed) throws InterruptedException {
    try (BatchesUnderWay underWay = new BatchesUnderWay(sending.executor())) {
      new ShardSending(this, feed, underWay).run();
    }
  }

  private Region to() {
    return target.owner().region();
  }

  /** Notes that everything in a shard is durable in the other region up to a stamp. */
  void durable(ShardFeed feed, Stamp upTo) {
    sending.status().durable(table, to(), feed.shardId(), upTo);
  }

  /** Tells that changes were removed before they were sent. */
  void lost() {
    sending.loss().of(table, to());
  }

  /** Sends changes until the other region has them, and returns how many they are. Any thread. */
  int send(List<ChangeBatch.Change> changes) throws InterruptedException {
    ChangeBatch batch = new ChangeBatch(target, table.owner().region(), global, changes);
    int failures = 0;
    while (true) {
      try {
        Optional<Integer> superseded = peer.apply(batch);
        if (superseded.isPresent()) {
          sent(changes, superseded.get());
          return changes.size();
        }
      } catch (PeerException unreachable) {
        if (BackOff.isLogged(failures + 1)) {
          LOG.warn("changes of {} wait for {}: {}", table, to(), unreachable.getMessage());
        }
      }
      failures++;
      sending.backOff().await(failures);
    }
  }

  private void sent(List<ChangeBatch.Change> changes, int superseded) {
    Instant now = sending.clock().instant();
    Instant oldest = changes.getFirst().version().stamp().moment();
    sending
        .status()
        .sent(table, to(), changes.size(), superseded, now, Duration.between(oldest, now));
  }
}
