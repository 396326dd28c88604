package org.ostraka.server;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether a shared store answers, which a balancer learns from the health line. A store of which no
 * answer was ever noted belongs to this process alone, and is always reachable. Any thread.
 */
final class StoreHealth {
  /** How long a store may be silent before the server calls itself unhealthy. */
  static final Duration SILENCE = Duration.ofSeconds(3);

  private final LongSupplier nanoTime;
  private volatile OptionalLong answered = OptionalLong.empty();

  /** Makes the health of a store of which no answer is noted yet. */
  StoreHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes that the store has just answered. */
  void answered() {
    answered = OptionalLong.of(nanoTime.getAsLong());
  }

  /** Returns whether the store has answered lately. */
  boolean isReachable() {
    OptionalLong last = answered;
    return last.isEmpty() || nanoTime.getAsLong() - last.getAsLong() < SILENCE.toNanos();
  }
}
