package org.ostraka.storage;

import java.time.Instant;

/**
 * A moment of a {@link HybridClock}: milliseconds since 1970 in the upper 48 bits, a counter in the
 * lower 16. Immutable.
 *
 * @param value not negative
 */
public record Stamp(long value) implements Comparable<Stamp> {
  /** Before every stamp that a clock gives: rows from before there were stamps have it. */
  public static final Stamp ZERO = new Stamp(0);

  /** Bits of the counter. */
  private static final int COUNTER_BITS = 16;

  public Stamp {
    if (value < 0) {
      throw new IllegalArgumentException("a stamp is not negative");
    }
  }

  /** Returns the first stamp of a millisecond. */
  public static Stamp of(Instant moment) {
    return new Stamp(moment.toEpochMilli() << COUNTER_BITS);
  }

  /** Returns the moment of wall time to which the stamp belongs, in milliseconds. */
  public Instant moment() {
    return Instant.ofEpochMilli(value >>> COUNTER_BITS);
  }

  /** Returns the stamp that comes right after this one. */
  public Stamp next() {
    return new Stamp(value + 1);
  }

  @Override
  public int compareTo(Stamp other) {
    return Long.compare(value, other.value);
  }
}
