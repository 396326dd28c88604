package org.ostraka.conformance;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The versions that one key may have: the last acknowledged one, or any that was attempted since.
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

  /** Returns a history that begins as this one is now. */
  KeyHistory copy() {
    KeyHistory copy = new KeyHistory(key);
    copy.possible.clear();
    copy.possible.addAll(possible);
    copy.newest = newest;
    return copy;
  }

  String key() {
    return key;
  }

  /** Returns a version that no attempt has had. */
  long nextVersion() {
    return ++newest;
  }

  /** Returns whether certainly nothing was attempted after this version. */
  boolean isNewest(long version) {
    return newest == version && !possible.contains(ABSENT);
  }

  /**
   * Notes that a request for {@code version} is about to be sent: a read may find it from now on.
   */
  void attempted(long version) {
    possible.add(version);
  }

  /** Notes that the server answered 200: a read may find nothing older from now on. */
  void acknowledged(long version) {
    possible.clear();
    possible.add(version);
  }

  /**
   * Checks that a read may find {@code version}; an unanswered write may still take effect later.
   */
  void read(long version) {
    if (!possible.contains(version)) {
      throw new AssertionError(
          "%s holds version %d, but only one of %s is possible (0 = no item)"
              .formatted(key, version, possible));
    }
  }

  /**
   * Checks that a read may find {@code version} in a process that is younger than all attempts, and
   * notes that it must stay.
   */
  void settled(long version) {
    read(version);
    acknowledged(version);
  }
}
