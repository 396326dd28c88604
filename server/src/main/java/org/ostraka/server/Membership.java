package org.ostraka.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.storage.Position;
import org.ostraka.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this server a member of those that share a store: it renews the server's term, and reads
 * what other servers have changed in the catalogue. Two threads of its own.
 */
final class Membership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /** A term survives several beats that fail. */
  private static final int BEATS_PER_LEASE = 10;

  /** Changes of tables wait for every server to read them. */
  private static final Duration FOLLOWING = Duration.ofMillis(50);

  private final SharedServers servers;
  private final Catalogue catalogue;
  private final StoreHealth health;
  private final ScheduledExecutorService beats;
  private final ScheduledExecutorService following;
  private volatile long term;
  private boolean isFailing;

  private Membership(
      SharedServers servers,
      Catalogue catalogue,
      StoreHealth health,
      long term,
      ThreadFactory threads) {
    this.servers = servers;
    this.catalogue = catalogue;
    this.health = health;
    this.term = term;
    this.beats = Executors.newSingleThreadScheduledExecutor(threads);
    this.following = Executors.newSingleThreadScheduledExecutor(threads);
  }

  /**
   * Begins to serve.
   *
   * @param health learns what the store answers and whether it takes writes
   * @param term the server's term, which began before the catalogue was opened
   */
  static Membership begin(
      SharedServers servers,
      Catalogue catalogue,
      StoreHealth health,
      long term,
      Duration lease,
      ThreadFactory threads) {
    Membership membership = new Membership(servers, catalogue, health, term, threads);
    membership.follow();
    membership.start(lease);
    return membership;
  }

  private void start(Duration lease) {
    long period = lease.toMillis() / BEATS_PER_LEASE;
    // Failures are handled within: the handles have nothing to report.
    var _ =
        beats.scheduleWithFixedDelay(
            () -> attempt(this::beat), period, period, TimeUnit.MILLISECONDS);
    long pause = FOLLOWING.toMillis();
    var _ =
        following.scheduleWithFixedDelay(
            () -> attempt(this::follow), pause, pause, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    boolean isDone = false;
    try {
      if (!servers.keep()) {
        LOG.warn("another server has ended this server's term; it begins a new one");
        term = servers.join();
      }
      isDone = true;
    } finally {
      health.tookWrite(isDone);
    }
  }

  private void follow() {
    // Read first: changes that were read before a term began do not count for it.
    long now = term;
    Position seen = catalogue.follow();
    servers.saw(now, seen);
    health.answered();
  }

  private void attempt(Runnable work) {
    try {
      work.run();
      note(false, "");
    } catch (StorageException failure) {
      note(true, String.valueOf(failure.getMessage()));
    } catch (RuntimeException | Error broken) {
      // An exception would end the timer silently.
      LOG.error("the server's membership is broken and will be tried again", broken);
    }
  }

  /** Logs when the store begins or ceases to fail, not each time that it is asked. */
  private synchronized void note(boolean fails, String why) {
    if (fails && !isFailing) {
      LOG.warn("the store cannot be used, and is tried again: {}", why);
    } else if (!fails && isFailing) {
      LOG.info("the store can be used again");
    }
    isFailing = fails;
  }

  /** Ends the server's term, so that nobody waits for it. */
  @Override
  public void close() {
    beats.close();
    following.close();
    servers.leave();
  }
}
