package org.ostraka.delivery.trigger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.settings.TriggerSettings;
import org.ostraka.delivery.wire.EventWriter;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.operation.GetRecords;

/**
 * One shard while its changes are sent: they are filtered and distributed to lanes, whose threads
 * send them. One thread.
 */
final class TriggeredShard {
  /** How long the feed, or a full lane, is waited for before the cursor is moved. */
  private static final Duration WAIT = Duration.ofMillis(100);

  /** How long lanes that were interrupted are waited for. */
  private static final Duration STOP = Duration.ofSeconds(5);

  private static final int MAX_TAKEN = 1_000;
  private static final long MAX_TAKEN_BYTES = 1L << 20;

  private final TriggerSettings settings;
  private final ShardFeed feed;
  private final String streamArn;
  private final Progress progress = new Progress();
  private final List<Lane> lanes;
  private final List<Thread> senders;
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());

  /**
   * Makes the lanes and their threads, which do not run yet.
   *
   * @param deliveries makes what delivers the batches of a lane
   */
  TriggeredShard(
      TriggerSettings settings,
      ShardFeed feed,
      String streamArn,
      ThreadFactory threads,
      Supplier<BatchDelivery> deliveries) {
    this.settings = settings;
    this.feed = feed;
    this.streamArn = streamArn;
    this.lanes =
        IntStream.range(0, settings.parallelizationFactor())
            .mapToObj(_ -> new Lane(settings.batchSize(), settings.batchingWindow()))
            .toList();
    this.senders =
        lanes.stream().map(lane -> threads.newThread(() -> send(lane, deliveries.get()))).toList();
  }

  void consume() throws InterruptedException {
    senders.forEach(Thread::start);
    try {
      while (!feed.isAtEnd()) {
        for (Change change : feed.take(MAX_TAKEN, MAX_TAKEN_BYTES, WAIT)) {
          take(change);
        }
        report();
      }
      lanes.forEach(Lane::end);
      while (!progress.awaitAll(WAIT)) {
        report();
      }
      report();
    } finally {
      stop();
    }
  }

  private void take(Change change) throws InterruptedException {
    GetRecords.StreamRecord record = change.record();
    byte[] json = EventWriter.record(record, streamArn);
    progress.taken(change.position());
    if (!isWanted(json)) {
      progress.delivered(List.of(change.position()));
      return;
    }
    int lane = Math.floorMod(record.key().hashCode(), lanes.size());
    Event event = new Event(change.position(), record.created(), record.sequenceNumber(), json);
    while (!lanes.get(lane).offer(event, WAIT)) {
      report();
    }
  }

  private boolean isWanted(byte[] json) {
    if (settings.filters().isEmpty()) {
      return true;
    }
    JsonValue event = JsonText.parse(json);
    return settings.filters().stream().anyMatch(filter -> filter.matches(event));
  }

  /** Moves the cursor, and throws if a lane has failed. */
  private void report() {
    progress.advance().ifPresent(feed::delivered);
    failure
        .get()
        .ifPresent(cause -> {
          throw new IllegalStateException("a lane of " + settings.name() + " failed", cause);
        });
  }

  private void send(Lane lane, BatchDelivery delivery) {
    try {
      List<Event> batch = lane.nextBatch();
      while (!batch.isEmpty()) {
        delivery.deliver(
            batch, done -> progress.delivered(done.stream().map(Event::position).toList()));
        batch = lane.nextBatch();
      }
    } catch (InterruptedException _) {
      // Delivery is to stop. The cursor says where it goes on.
    } catch (RuntimeException | Error broken) {
      failure.set(Optional.of(broken));
    }
  }

  private void stop() throws InterruptedException {
    senders.forEach(Thread::interrupt);
    for (Thread sender : senders) {
      sender.join(STOP);
    }
  }
}
