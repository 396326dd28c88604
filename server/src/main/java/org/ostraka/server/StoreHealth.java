package org.ostraka.server;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether a shared store answers, and takes writes, which a balancer learns from the health line. A
 * store of which nothing was ever noted belongs to this process alone, and is always reachable. Any
 * thread.
 */
final class StoreHealth {
  /** How long a store may be silent, or refuse writes, before the server is unhealthy. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LongSupplier nanoTime;
  private volatile OptionalLong answered = OptionalLong.empty();
  private volatile OptionalLong refusesSince = OptionalLong.empty();

  /** Makes the health of a store of which nothing is noted yet. */
  StoreHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes that the store has just answered a read. */
  void answered() {
    answered = OptionalLong.of(nanoTime.getAsLong());
  }

  /** Notes whether the store has taken the last write. One thread. */
  void tookWrite(boolean isDone) {
    if (isDone) {
      refusesSince = OptionalLong.empty();
    } else if (refusesSince.isEmpty()) {
      refusesSince = OptionalLong.of(nanoTime.getAsLong());
    }
  }

  /** Returns whether the store has answered lately, and takes writes. */
  boolean isReachable() {
    OptionalLong last = answered;
    OptionalLong since = refusesSince;
    return (last.isEmpty() || isRecent(last.getAsLong()))
        && (since.isEmpty() || isRecent(since.getAsLong()));
  }

  private boolean isRecent(long nanos) {
    return nanoTime.getAsLong() - nanos < PATIENCE.toNanos();
  }
}
