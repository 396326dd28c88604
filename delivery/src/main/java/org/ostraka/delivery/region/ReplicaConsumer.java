package org.ostraka.delivery.region;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the changes of a shard that were made in its own region to a replica in another one. A
 * change that came from elsewhere is sent by the region in which it was made, so nothing comes
 * back. Any thread.
 *
 * @param table the table in its own region
 * @param to the region of the other replica
 * @param global the id of the global table
 */
record ReplicaConsumer(Sending sending, TableArn table, Region to, UUID global, Peer peer)
    implements ShardConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaConsumer.class);

  private static final int MAX_CHANGES = 1_000;
  private static final long MAX_BYTES = 1 << 20;

  /** How long an idle shard waits until it notes again that everything is sent. */
  private static final Duration WAIT = Duration.ofMillis(200);

  /**
   * What all consumers share. Any thread.
   *
   * @param floor returns the stamp up to which the store is complete
   */
  record Sending(
      ReplicationStatus status, Supplier<Stamp> floor, Clock clock, BackOff backOff, Loss loss) {}

  /** Told when changes were removed before they were sent. Any thread. */
  @FunctionalInterface
  interface Loss {
    void of(TableArn table, Region to);
  }

  @Override
  public void consume(ShardFeed feed) throws InterruptedException {
    ChangeRecord.Reader reader = new ChangeRecord.Reader();
    do {
      Stamp floor = sending.floor().get();
      List<LogRecord> records = feed.takeRecords(MAX_CHANGES, MAX_BYTES, WAIT);
      if (feed.takeLoss()) {
        sending.loss().of(table, to);
      }
      if (records.isEmpty()) {
        sending.status().durable(table, to, feed.shardId(), floor);
        continue;
      }
      List<ChangeBatch.Change> changes = own(records, reader);
      if (!changes.isEmpty()) {
        send(changes);
      }
      feed.delivered(records.getLast().position());
      sending.status().durable(table, to, feed.shardId(), records.getLast().stamp());
    } while (!feed.isAtEnd());
  }

  private List<ChangeBatch.Change> own(List<LogRecord> records, ChangeRecord.Reader reader) {
    Origin own = RegionOrigin.of(table.owner().region());
    List<ChangeBatch.Change> changes = new ArrayList<>();
    for (LogRecord record : records) {
      if (record.version().origin().equals(own)) {
        ChangeRecord change = reader.read(record.value());
        changes.add(new ChangeBatch.Change(record.version(), change.key(), change.after()));
      }
    }
    return changes;
  }

  /** Sends changes until the other region has them. */
  private void send(List<ChangeBatch.Change> changes) throws InterruptedException {
    TableArn target = new TableArn(new Owner(table.owner().account(), to), table.table());
    ChangeBatch batch = new ChangeBatch(target, table.owner().region(), global, changes);
    int failures = 0;
    while (true) {
      try {
        Optional<Integer> superseded = peer.apply(batch);
        if (superseded.isPresent()) {
          sent(changes, superseded.get());
          return;
        }
      } catch (PeerException unreachable) {
        if (BackOff.isLogged(failures + 1)) {
          LOG.warn("changes of {} wait for {}: {}", table, to, unreachable.getMessage());
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
        .sent(table, to, changes.size(), superseded, now, Duration.between(oldest, now));
  }
}
