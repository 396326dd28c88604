package org.ostraka.delivery.trigger;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.settings.TriggerSettings;

/**
 * Sends the changes of shards to a function, each at least once, and those of an item in their
 * order. Any thread.
 */
public final class TriggerConsumer implements ShardConsumer {
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(60);

  private final TriggerSettings settings;
  private final FunctionEndpoint endpoint;
  private final Optional<DeadLetters> deadLetters;
  private final BackOff backOff;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ThreadFactory threads;

  /**
   * Makes the consumer of a trigger.
   *
   * @param http sends the requests; it must not follow redirects
   * @param random any thread may use it
   * @param threads makes the threads that send, one for each lane of a shard
   */
  public TriggerConsumer(
      TriggerSettings settings,
      HttpClient http,
      InstantSource clock,
      RandomGenerator random,
      Pause pause,
      ThreadFactory threads) {
    this.settings = settings;
    this.endpoint = new FunctionEndpoint(http, settings.endpoint(), settings.timeout());
    this.deadLetters = settings.deadLetters().map(DeadLetters::new);
    this.backOff = new BackOff(FIRST_BACK_OFF, MAX_BACK_OFF, random, pause);
    this.clock = clock;
    this.random = random;
    this.threads = threads;
  }

  @Override
  public void consume(ShardFeed feed) throws InterruptedException {
    String streamArn = feed.stream().map(Object::toString).orElseGet(() -> feed.table().toString());
    BatchDelivery.Source source = new BatchDelivery.Source(feed.shardId(), streamArn);
    new TriggeredShard(settings, feed, streamArn, threads, () -> delivery(source)).consume();
  }

  private BatchDelivery delivery(BatchDelivery.Source source) {
    return new BatchDelivery(settings, endpoint, deadLetters, source, backOff, clock, random);
  }
}
