package org.ostraka.engine.throttle;

import java.util.Optional;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.model.Bytes;

/** Counts parts of requests without capacity, and their partition keys. One thread at a time. */
final class ThrottleCount {
  /** Counts are taken before a window is over. */
  private static final long WINDOW_NANOS = 3_600_000_000_000L;

  private final KeySketch<Bytes> keys;
  private long count;

  ThrottleCount(long now) {
    this.keys = new KeySketch<>(WINDOW_NANOS, now);
  }

  void add(Optional<Bytes> key, long now) {
    count++;
    key.ifPresent(each -> keys.add(each, 1, now));
  }

  Throttled read(long now) {
    return new Throttled(count, keys.top(1, now).stream().findFirst());
  }
}
