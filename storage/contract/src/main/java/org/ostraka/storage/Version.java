package org.ostraka.storage;

import java.util.Comparator;

/**
 * Which change made a row what it is: when, and where. Of two changes of the same row in different
 * regions the one with the greater version wins. Immutable.
 */
public record Version(Stamp stamp, Origin origin) implements Comparable<Version> {
  /** Rows from before there were versions have it; every other version is greater. */
  public static final Version ZERO = new Version(Stamp.ZERO, Origin.NONE);

  private static final Comparator<Version> ORDER =
      Comparator.comparing(Version::stamp).thenComparing(Version::origin);

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
