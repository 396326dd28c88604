package org.ostraka.brokers;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ostraka.delivery.ListFeed;
import org.ostraka.delivery.settings.SinkSettings;
import org.ostraka.delivery.settings.StartingPosition;
import org.ostraka.delivery.sink.SinkConsumer;

/** A sink that reads a feed in a thread of its own. One thread. */
final class SinkRun {
  private static final Duration MAX_PAUSE = Duration.ofMillis(200);

  private final Thread thread;

  private SinkRun(Thread thread) {
    this.thread = thread;
  }

  static SinkRun start(ListFeed feed, SinkSettings.Broker broker) {
    SinkSettings settings =
        new SinkSettings("s", ListFeed.TABLE, StartingPosition.TRIM_HORIZON, broker);
    SinkConsumer consumer =
        new SinkConsumer(
            settings, new Random(1), SinkRun::pause, Thread.ofPlatform().daemon().factory());
    return new SinkRun(
        Thread.ofPlatform()
            .start(() -> {
              try {
                consumer.consume(feed);
              } catch (InterruptedException _) {
                // The test stops it.
              }
            }));
  }

  /** Waits for a time, but not as long as an operator would like it. */
  private static void pause(Duration time) throws InterruptedException {
    long millis = Math.min(time.toMillis(), MAX_PAUSE.toMillis());
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  /** Adds changes of some items, with the values from a number up to another. */
  static void add(ListFeed feed, int first, int last) {
    for (int i = first; i <= last; i++) {
      feed.add("item-" + i % 20, Integer.toString(i));
    }
  }
}
