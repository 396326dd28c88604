package org.ostraka.testkit.history;

/**
 * An operation and the moments between which it took effect. Immutable.
 *
 * @param begin a moment before it began, from 1
 * @param end a moment after it was answered, or {@link #NEVER}
 */
public record Recorded<E>(E operation, long begin, long end) {
  /** The end of an operation of which nobody knows whether it took effect. */
  public static final long NEVER = Long.MAX_VALUE;

  public Recorded {
    if (begin < 1 || end <= begin) {
      throw new IllegalArgumentException("an operation ends after it has begun");
    }
  }

  /** Makes the record of an operation that was not answered. */
  public static <E> Recorded<E> unknown(E operation, long begin) {
    return new Recorded<>(operation, begin, NEVER);
  }

  /** Returns whether the operation was not answered, so that it may have taken effect or not. */
  public boolean isUnknown() {
    return end == NEVER;
  }

  @Override
  public String toString() {
    return operation + " [" + begin + (isUnknown() ? ", unknown" : ", " + end) + "]";
  }
}
