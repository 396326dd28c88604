package org.ostraka.cli.copy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.delivery.Pause;

/** Keeps writers below a number of items in a second. Any thread. */
final class Rate {
  private static final long NANOS = 1_000_000_000;

  private final Optional<Integer> itemsPerSecond;
  private final InstantSource clock;
  private final Pause pause;
  private Instant free;

  /** Makes a rate; an empty one lets everything pass. */
  Rate(Optional<Integer> itemsPerSecond, InstantSource clock, Pause pause) {
    this.itemsPerSecond = itemsPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.free = clock.instant();
  }

  /** Waits until so many items may be written. */
  void take(int items) {
    if (itemsPerSecond.isPresent()) {
      Duration wait = Duration.between(clock.instant(), reserved(items, itemsPerSecond.get()));
      if (wait.isPositive()) {
        Waits.rest(pause, wait);
      }
    }
  }

  private synchronized Instant reserved(int items, int perSecond) {
    Instant now = clock.instant();
    Instant begin = free.isAfter(now) ? free : now;
    free = begin.plusNanos(items * NANOS / perSecond);
    return begin;
  }
}
