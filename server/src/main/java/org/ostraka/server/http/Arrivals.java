package org.ostraka.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Paces the accepting of connections: no more are accepted while many that were accepted have not
 * begun to run. Runnable virtual threads queue in one line, so without this a flood of new
 * connections delays the requests of open ones by as much as there are; so they queue in the
 * system's backlog instead. The listener's thread calls {@link #accepted}; any thread calls {@link
 * #begun}.
 */
final class Arrivals {
  /** The connections that may be accepted and not begun: about a millisecond of work. */
  static final int MAX_WAITING = 8;

  /**
   * How long to wait until at least one begins. If none does, they are taken for lost: Helidon may
   * drop a connection before it begins.
   */
  static final Duration PATIENCE = Duration.ofMillis(500);

  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final Duration patience;

  /**
   * Makes the pace of one listener.
   *
   * @param patience how long to wait until at least one connection begins
   */
  Arrivals(Duration patience) {
    this.patience = patience;
  }

  /** Notes that a connection was accepted, and waits while too many have not begun. */
  void accepted() {
    try {
      if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        places.release(MAX_WAITING - 1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes that an accepted connection begins to run. */
  void begun() {
    if (places.availablePermits() < MAX_WAITING) {
      places.release();
    }
  }
}
