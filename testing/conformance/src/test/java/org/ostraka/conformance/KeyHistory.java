package org.ostraka.conformance;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one key may hold: the version that was acknowledged last, or any that was attempted since.
 * One thread at a time, with a happens-before between two of them.
 */
final class KeyHistory {

  /** Stands for "no item". */
  static final long ABSENT = 0;

  private final String key;
  private final Set<Long> possible = new LinkedHashSet<>(Set.of(ABSENT));
  private long newest;

  KeyHistory(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  /** A version that no attempt has had. */
  long nextVersion() {
    return ++newest;
  }

  /** Whether it is certain that nothing was tried after this version. */
  boolean isNewest(long version) {
    return newest == version && !possible.contains(ABSENT);
  }

  /** The request for {@code version} is about to be sent: from now on it may be there. */
  void attempted(long version) {
    possible.add(version);
  }

  /** The server answered 200: nothing older may be there. */
  void acknowledged(long version) {
    possible.clear();
    possible.add(version);
  }

  /** A read found {@code version}; a write without an answer may still come. */
  void read(long version) {
    if (!possible.contains(version)) {
      throw new AssertionError(
          "%s holds version %d, but only one of %s is possible (0 = no item)"
              .formatted(key, version, possible));
    }
  }

  /** A read in a process younger than all attempts found {@code version}: it must stay. */
  void settled(long version) {
    read(version);
    acknowledged(version);
  }
}
