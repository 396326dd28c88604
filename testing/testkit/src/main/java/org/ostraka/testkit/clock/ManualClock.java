package org.ostraka.testkit.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A clock that only {@link #advance} moves. Any thread. */
public final class ManualClock extends Clock {
  private final AtomicReference<Instant> now;
  private final List<Consumer<Instant>> followers;
  private final ZoneId zone;

  public ManualClock(Instant start) {
    this(new AtomicReference<>(start), new CopyOnWriteArrayList<>(), ZoneOffset.UTC);
  }

  private ManualClock(
      AtomicReference<Instant> now, List<Consumer<Instant>> followers, ZoneId zone) {
    this.now = now;
    this.followers = followers;
    this.zone = zone;
  }

  /** Sets another clock now, and whenever this one is moved. */
  public void setAlso(Consumer<Instant> follower) {
    follower.accept(instant());
    followers.add(follower);
  }

  /** Moves the clock forward. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run backward: " + time);
    }
    Instant moved = now.updateAndGet(instant -> instant.plus(time));
    followers.forEach(follower -> follower.accept(moved));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** Returns the same clock in another zone; {@link #advance} moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new ManualClock(now, followers, other);
  }
}
