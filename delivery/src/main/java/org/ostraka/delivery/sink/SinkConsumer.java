package org.ostraka.delivery.sink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.settings.SinkSettings;
import org.ostraka.delivery.wire.EventWriter;
import org.ostraka.engine.stream.Change;

/**
 * Sends the changes of shards to a broker, each at least once, and those of an item in their order.
 * A shard has a connection of its own, so shards do not wait for each other. Any thread.
 */
public final class SinkConsumer implements ShardConsumer {
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(60);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int MAX_TAKEN = 1_000;
  private static final long MAX_TAKEN_BYTES = 1L << 20;

  private final SinkSettings settings;
  private final BackOff backOff;
  private final ThreadFactory threads;

  /**
   * Makes the consumer of a sink.
   *
   * @param random any thread may use it
   * @param threads makes threads of connections
   */
  public SinkConsumer(
      SinkSettings settings, RandomGenerator random, Pause pause, ThreadFactory threads) {
    this.settings = settings;
    this.backOff = new BackOff(FIRST_BACK_OFF, MAX_BACK_OFF, random, pause);
    this.threads = threads;
  }

  @Override
  public void consume(ShardFeed feed) throws InterruptedException {
    String source = feed.stream().map(Object::toString).orElseGet(() -> feed.table().toString());
    try (Broker broker = broker()) {
      while (!feed.isAtEnd()) {
        List<Change> changes = feed.take(MAX_TAKEN, MAX_TAKEN_BYTES, WAIT);
        if (!changes.isEmpty()) {
          broker.send(changes.stream().map(change -> message(change, source)).toList());
          feed.delivered(changes.getLast().position());
        }
      }
    }
  }

  private Broker broker() {
    return switch (settings.broker()) {
      case SinkSettings.Kafka kafka -> new KafkaBroker(settings.name(), kafka, backOff);
      case SinkSettings.Amqp amqp -> new AmqpBroker(settings.name(), amqp, backOff, threads);
    };
  }

  private static Message message(Change change, String source) {
    return new Message(
        change.record().eventId(),
        EventWriter.key(change.record().key()),
        EventWriter.record(change.record(), source));
  }
}
