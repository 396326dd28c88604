package org.ostraka.testkit.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs as the system's does, and that {@link #advance} also moves. It is for tests of
 * what other threads repeat after some time. Any thread.
 */
public final class RunningClock extends Clock {
  private final AtomicReference<Duration> ahead;
  private final ZoneId zone;

  /** Makes a clock that shows the system's time. */
  public RunningClock() {
    this(new AtomicReference<>(Duration.ZERO), ZoneOffset.UTC);
  }

  private RunningClock(AtomicReference<Duration> ahead, ZoneId zone) {
    this.ahead = ahead;
    this.zone = zone;
  }

  /** Moves the clock forward. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run backward: " + time);
    }
    ahead.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** Returns the same clock in another zone; {@link #advance} moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new RunningClock(ahead, other);
  }
}
