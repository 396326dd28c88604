package org.ostraka.delivery.region;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;

/**
 * The sending of one shard's changes to another region, from its cursor on. Several batches are
 * under way at once. The cursor is stored from time to time and when the shard is idle: after a
 * restart some changes come twice, which has no effect. One thread.
 */
final class ShardSending {
  private static final int MAX_CHANGES = 1_000;
  private static final long MAX_BYTES = 1 << 20;

  /** How long an idle shard waits until it notes again that everything is sent. */
  private static final Duration WAIT = Duration.ofMillis(200);

  /** How long a shard is idle before its cursor is stored. */
  private static final Duration SETTLING = Duration.ofMillis(40);

  /** How long changes gather for the next batch while one is under way, unless it is large. */
  private static final Duration GATHERING = Duration.ofMillis(10);

  /** How often the cursor of a busy shard is stored. Each time is a write with a sync. */
  private static final Duration STORING = Duration.ofMillis(500);

  private final ReplicaConsumer consumer;
  private final ShardFeed feed;
  private final BatchesUnderWay underWay;
  private final ChangeRecord.Reader reader = new ChangeRecord.Reader();
  private final Origin own;
  private @Nullable LogRecord unstored;
  private Instant stored;
  private Duration quiet = GATHERING;

  ShardSending(ReplicaConsumer consumer, ShardFeed feed, BatchesUnderWay underWay) {
    this.consumer = consumer;
    this.feed = feed;
    this.underWay = underWay;
    this.own = RegionOrigin.of(consumer.table().owner().region());
    this.stored = consumer.sending().clock().instant();
  }

  /** Sends until the shard is at its end and everything has arrived. */
  void run() throws InterruptedException {
    do {
      if (underWay.isFull()) {
        arrived(underWay.awaitFirst());
      }
      underWay.arrived().ifPresent(this::arrived);
      step();
    } while (!feed.isAtEnd());
    while (!underWay.isEmpty()) {
      arrived(underWay.awaitFirst());
    }
    store();
  }

  private void step() throws InterruptedException {
    boolean idle = underWay.isEmpty() && unstored == null;
    Stamp floor = idle ? consumer.sending().floor().get() : Stamp.ZERO;
    List<LogRecord> records = take(idle);
    if (!records.isEmpty()) {
      send(records);
    } else if (idle) {
      consumer.durable(feed, floor);
    } else if (underWay.isEmpty()) {
      store();
    }
  }

  private List<LogRecord> take(boolean idle) throws InterruptedException {
    Duration wait = idle ? WAIT : underWay.isEmpty() ? SETTLING : quiet;
    List<LogRecord> records = feed.takeRecords(MAX_CHANGES, MAX_BYTES, wait);
    // Batches may be under way for as long as a region is away: it is asked less often meanwhile.
    Duration longer = quiet.multipliedBy(2);
    quiet = !records.isEmpty() ? GATHERING : longer.compareTo(SETTLING) < 0 ? longer : SETTLING;
    if (feed.takeLoss()) {
      consumer.lost();
    }
    return records;
  }

  private void send(List<LogRecord> records) throws InterruptedException {
    List<ChangeBatch.Change> changes = new ArrayList<>();
    long bytes = 0;
    for (LogRecord record : records) {
      bytes += record.value().sizeBytes();
      if (record.version().origin().equals(own)) {
        ChangeRecord change = reader.read(record.value());
        changes.add(new ChangeBatch.Change(record.version(), change.key(), change.after()));
      }
    }
    LogRecord last = records.getLast();
    if (changes.isEmpty()) {
      underWay.skip(last);
      return;
    }
    underWay.send(() -> consumer.send(changes), last);
    underWay.arrived().ifPresent(this::arrived);
    boolean small = records.size() < MAX_CHANGES / 2 && bytes < MAX_BYTES / 2;
    if (small && !underWay.isEmpty()) {
      consumer.sending().backOff().pause().sleep(GATHERING);
    }
  }

  private void arrived(LogRecord last) {
    unstored = last;
    consumer.durable(feed, last.stamp());
    Instant now = consumer.sending().clock().instant();
    boolean clockWentBack = now.isBefore(stored);
    if (clockWentBack || !now.isBefore(stored.plus(STORING))) {
      store();
    }
  }

  private void store() {
    Optional.ofNullable(unstored).ifPresent(last -> feed.delivered(last.position()));
    unstored = null;
    stored = consumer.sending().clock().instant();
  }
}
