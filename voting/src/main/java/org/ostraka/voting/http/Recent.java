package org.ostraka.voting.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Values by key, each of which is read at most once a second, however many ask. Any thread.
 *
 * <p>Whoever asks while another thread reads waits for that value. A failure is shared like a
 * value: while the database is away, one request a second waits for it to the end.
 */
final class Recent<V> {
  private static final Duration AGE = Duration.ofSeconds(1);
  private static final int MAX = 100;

  private final InstantSource clock;
  private final Map<String, Reading<V>> readings = new ConcurrentHashMap<>();

  private record Reading<V>(Instant since, FutureTask<V> value) {}

  Recent(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns a value whose reading began at most a second ago. */
  V get(String key, Supplier<V> read) {
    Instant now = clock.instant();
    if (readings.size() >= MAX) {
      readings.clear();
    }
    Reading<V> reading =
        readings.compute(
            key,
            (_, last) ->
                last != null && now.isBefore(last.since().plus(AGE))
                    ? last
                    : new Reading<>(now, new FutureTask<>(read::get)));
    // The first thread reads; for the others this does nothing.
    reading.value().run();
    try {
      return reading.value().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another thread reads " + key, stopped);
    }
  }
}
