package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are accepted no faster than they begin to run. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ArrivalsTest {
  /** Longer than a test may take. */
  private static final Duration ENDLESS = Duration.ofHours(1);

  private final AtomicInteger accepted = new AtomicInteger();

  @Test
  void acceptingWaitsUntilConnectionsBegin() {
    Arrivals arrivals = new Arrivals(ENDLESS);
    Thread listener = accept(arrivals, Arrivals.MAX_WAITING + 1);
    awaitWaiting(listener);
    assertThat(accepted).hasValue(Arrivals.MAX_WAITING);
    arrivals.begun();
    awaitAccepted(Arrivals.MAX_WAITING + 1);
  }

  @Test
  void connectionsThatNeverBeginDoNotEndAccepting() {
    accept(new Arrivals(Duration.ofMillis(50)), 3 * Arrivals.MAX_WAITING);
    awaitAccepted(3 * Arrivals.MAX_WAITING);
  }

  @Test
  void moreBeginningsThanWereCountedLetNoMoreWait() {
    Arrivals arrivals = new Arrivals(ENDLESS);
    accept(arrivals, 1);
    awaitAccepted(1);
    for (int i = 0; i < 10; i++) {
      arrivals.begun();
    }
    Thread listener = accept(arrivals, Arrivals.MAX_WAITING + 1);
    awaitWaiting(listener);
    assertThat(accepted).hasValue(Arrivals.MAX_WAITING + 1);
  }

  private Thread accept(Arrivals arrivals, int connections) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          for (int i = 0; i < connections; i++) {
            arrivals.accepted();
            accepted.incrementAndGet();
          }
        });
  }

  private void awaitAccepted(int connections) {
    while (accepted.get() < connections) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
