package org.ostraka.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives stamps that strictly increase and stay close to wall time. Any thread.
 *
 * <p>"Logical Physical Clocks" (Kulkarni and others, 2014): a stamp is wall time, or one more than
 * the last stamp where wall time has not moved on. A stamp that comes from elsewhere is {@linkplain
 * #observe observed}, and all later ones are greater. Wall time may stand still or go back; stamps
 * do not. They may run ahead of it, but only up to a bound: beyond that the clock refuses.
 */
public final class HybridClock {
  /** How far stamps may run ahead of wall time. */
  public static final Duration MAX_LEAD = Duration.ofMinutes(5);

  private final InstantSource wall;
  private final Duration maxLead;
  private Stamp last = Stamp.ZERO;

  /** Makes a clock that may run ahead of wall time by {@link #MAX_LEAD}. */
  public HybridClock(InstantSource wall) {
    this(wall, MAX_LEAD);
  }

  /**
   * Makes a clock.
   *
   * @param maxLead how far a stamp may be ahead of wall time, at most
   */
  public HybridClock(InstantSource wall, Duration maxLead) {
    this.wall = wall;
    this.maxLead = maxLead;
  }

  /**
   * Returns a stamp that is greater than all before.
   *
   * @throws StorageFailedException when it would be too far ahead of wall time
   */
  public synchronized Stamp next() {
    Instant shown = wall.instant();
    Stamp now = Stamp.of(shown);
    Stamp next = now.compareTo(last) > 0 ? now : last.next();
    requireLead(next, shown, null);
    last = next;
    return next;
  }

  /**
   * Makes all later stamps greater than one that another clock gave.
   *
   * @throws StorageFailedException when that stamp is too far ahead of wall time
   */
  public synchronized void observe(Stamp other) {
    if (other.compareTo(last) > 0) {
      requireLead(other, wall.instant(), "a change from elsewhere");
      last = other;
    }
  }

  /**
   * Makes all later stamps greater than the last one that a store gave before it was closed. Unlike
   * {@link #observe} it never refuses: a store opens, and is read, whatever its clock shows.
   */
  public synchronized void startAfter(Stamp before) {
    if (before.compareTo(last) > 0) {
      last = before;
    }
  }

  private void requireLead(Stamp stamp, Instant now, @Nullable String where) {
    if (stamp.moment().isAfter(now.plus(maxLead))) {
      throw new StorageFailedException(
          "the clock of this machine shows "
              + now
              + ", and "
              + (where == null ? "the last write" : where)
              + " has the time "
              + stamp.moment()
              + ": writes are refused while they differ by more than "
              + maxLead.toSeconds()
              + " s. Set the clock right, or wait until it has caught up.");
    }
  }
}
