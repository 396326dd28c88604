package org.ostraka.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that closes overdue connections. It visits all connections once in each tick, which
 * costs requests nothing; a time-out on every read would need a timer for each. So a time-out may
 * come one tick late.
 */
final class TimeoutWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimeoutWatch.class);
  private static final Duration MAX_TICK = Duration.ofSeconds(1);
  private static final int TICKS_A_TIMEOUT = 4;

  private final Connections connections;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long tickMillis;

  private TimeoutWatch(Connections connections) {
    this.connections = connections;
    this.tickMillis = tickMillis(connections.limits());
  }

  static TimeoutWatch start(Connections connections, ThreadFactory threads) {
    TimeoutWatch watch = new TimeoutWatch(connections);
    threads.newThread(watch::run).start();
    return watch;
  }

  private static long tickMillis(HttpLimits limits) {
    long shortest =
        Math.min(
            Math.min(limits.idleTimeout().toMillis(), limits.headTimeout().toMillis()),
            Math.min(limits.bodyTimeout().toMillis(), limits.responseTimeout().toMillis()));
    return Math.clamp(shortest / TICKS_A_TIMEOUT, 1, MAX_TICK.toMillis());
  }

  private void run() {
    try {
      while (!stopped.await(tickMillis, TimeUnit.MILLISECONDS)) {
        closeOverdue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Catches everything, even a lack of memory, so that the next tick comes. */
  private void closeOverdue() {
    try {
      connections.closeOverdue();
    } catch (RuntimeException | Error failure) {
      LOG.error("overdue connections could not be closed; tried again at the next tick", failure);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
