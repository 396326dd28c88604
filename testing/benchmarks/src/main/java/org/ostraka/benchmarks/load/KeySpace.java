package org.ostraka.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a workload: those that a table was filled with, from 0 on, and those that the
 * workload adds after them. Any thread.
 */
public final class KeySpace {
  private final long keys;
  private final AtomicLong next;
  private @Nullable Zipfian ranks;

  /** Makes a space with this many keys. */
  public KeySpace(long keys) {
    if (keys < 1) {
      throw new IllegalArgumentException("at least one key, not " + keys);
    }
    this.keys = keys;
    this.next = new AtomicLong(keys);
  }

  /** Returns the number of keys at the start. */
  public long keys() {
    return keys;
  }

  /**
   * Returns the ranks of the keys at the start; the first call takes time in proportion to their
   * number.
   */
  synchronized Zipfian ranks() {
    if (ranks == null) {
      ranks = new Zipfian(keys);
    }
    return ranks;
  }

  /** Returns a key that was never used. */
  long fresh() {
    return next.getAndIncrement();
  }

  /** Returns the newest key, which is added or about to be. */
  long newest() {
    return next.get() - 1;
  }
}
