package org.ostraka.engine.throttle;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.model.Bytes;

/** Counts parts of requests without capacity, and their partition keys. Any thread. */
final class ThrottleCount {
  /** Counts are taken before a window is over. */
  private static final long WINDOW_NANOS = 3_600_000_000_000L;

  private final LongAdder count = new LongAdder();
  private final KeySketch<Bytes> keys;

  ThrottleCount(long now) {
    this.keys = new KeySketch<>(WINDOW_NANOS, now);
  }

  void add(Optional<Bytes> key, long now) {
    count.increment();
    key.ifPresent(each -> keys.add(each, 1, now));
  }

  Throttled read(long now) {
    return new Throttled(count.sum(), keys.top(1, now).stream().findFirst());
  }
}
