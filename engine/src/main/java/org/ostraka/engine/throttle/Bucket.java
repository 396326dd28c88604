package org.ostraka.engine.throttle;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket: it fills at a rate and holds what a number of seconds bring. As long as any token
 * is left, a request is admitted and may take more than there is; the debt is paid first. Any
 * thread.
 *
 * <p>It keeps one number, the time at which it would be full (the generic cell rate algorithm), so
 * that taking is one atomic operation. A change of the rate keeps the share of tokens that are
 * left, and the time that a debt takes.
 */
final class Bucket {
  private static final long SECOND = 1_000_000_000L;

  private final long capacityNanos;
  private final AtomicLong full;
  private volatile double nanosPerUnit;

  /**
   * Makes a bucket.
   *
   * @param unitsPerSecond how fast it fills
   * @param seconds for how many seconds of that it has room
   * @param secondsAtFirst for how many seconds of that it has tokens at the beginning
   * @param now the time in nanoseconds, from any origin
   */
  Bucket(double unitsPerSecond, int seconds, int secondsAtFirst, long now) {
    this.capacityNanos = seconds * SECOND;
    this.full = new AtomicLong(now + (seconds - secondsAtFirst) * SECOND);
    this.nanosPerUnit = SECOND / unitsPerSecond;
  }

  /** Changes how fast the bucket fills. */
  void fillAt(double unitsPerSecond) {
    nanosPerUnit = SECOND / unitsPerSecond;
  }

  /** Returns whether any token is left. */
  boolean hasRoom(long now) {
    return full.get() - now < capacityNanos;
  }

  /** Takes tokens. */
  void take(double units, long now) {
    long nanos = Math.round(units * nanosPerUnit);
    full.updateAndGet(time -> (time - now > 0 ? time : now) + nanos);
  }
}
