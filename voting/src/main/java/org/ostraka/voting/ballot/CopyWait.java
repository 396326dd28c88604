package org.ostraka.voting.ballot;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long to wait between looks whether the other region has a ballot: about as long as it took
 * for the last ones. Any thread.
 *
 * <p>Each look is a request. Pauses that begin with two milliseconds and double make seven looks
 * for each vote where replication takes 100 ms.
 */
public final class CopyWait {
  private static final Duration SHORTEST = Duration.ofMillis(2);
  private static final Duration LONGEST = Duration.ofMillis(100);
  private static final long WEIGHT = 8;

  private final AtomicLong smoothedNanos = new AtomicLong(SHORTEST.toNanos());

  /** Returns the pause before the first look. */
  public Duration first() {
    // A little early, so that it is noticed when copies come sooner than before.
    return within(smoothedNanos.get() * 3 / 4);
  }

  /** Returns the pause before each further look. */
  public Duration next() {
    return within(smoothedNanos.get() / 4);
  }

  /** Takes into account how long it was until a ballot was seen. */
  public void saw(Duration after) {
    long nanos = Math.min(after.toNanos(), 2 * LONGEST.toNanos());
    var _ = smoothedNanos.updateAndGet(before -> before + (nanos - before) / WEIGHT);
  }

  private static Duration within(long nanos) {
    return Duration.ofNanos(Math.clamp(nanos, SHORTEST.toNanos(), LONGEST.toNanos()));
  }
}
