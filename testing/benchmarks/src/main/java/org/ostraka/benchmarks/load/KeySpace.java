package org.ostraka.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a workload finds in a server, from 0 on, and those that it adds behind them. Any
 * thread.
 */
public final class KeySpace {
  private final long keys;
  private final AtomicLong next;
  private @Nullable Zipfian ranks;

  /** A space with this many keys at first. */
  public KeySpace(long keys) {
    if (keys < 1) {
      throw new IllegalArgumentException("at least one key, not " + keys);
    }
    this.keys = keys;
    this.next = new AtomicLong(keys);
  }

  /** How many keys were there at first. */
  public long keys() {
    return keys;
  }

  /** Ranks of the keys that were there at first; takes time in proportion to them, once. */
  synchronized Zipfian ranks() {
    if (ranks == null) {
      ranks = new Zipfian(keys);
    }
    return ranks;
  }

  /** A key that was never used. */
  long fresh() {
    return next.getAndIncrement();
  }

  /** The last key that was added, or about to be. */
  long newest() {
    return next.get() - 1;
  }
}
