package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads from standbys whose lag is within a bound, and from the primary when there is none. Any
 * thread; it has one of its own.
 *
 * <p>A connection stays with one server, whose state only goes forward. So a connection that has
 * shown a {@linkplain Beats beat} needs to show another one only when that one is beyond the bound.
 * A connection to a standby that is late is closed, and the next one may lead to another standby.
 * When several are late in a row, or one does not answer, no standby gets reads until the own
 * thread finds one well again: no request waits for a silent standby twice.
 */
final class StandbyReads implements Reading, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyReads.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Beats in the time of the bound, at least. */
  private static final int BEATS_PER_BOUND = 4;

  /** Connections that are late, without a good one between them, until no standby gets reads. */
  static final int LATE_IN_A_ROW = 8;

  /** The time in which the log tells at most once that the standbys do not serve. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Connections primary;
  private final Connections standby;
  private final StandbySettings settings;
  private final LongSupplier nanoTime;
  private final Beats beats;
  private final Map<Connection, Long> seen = Collections.synchronizedMap(new WeakHashMap<>());
  private final AtomicInteger lateInARow = new AtomicInteger();
  private volatile boolean serves;

  /** Whether the last change was told; a change back is then told too. */
  private boolean isTold = true;

  private OptionalLong toldAt = OptionalLong.empty();
  private volatile Optional<ScheduledExecutorService> timer = Optional.empty();

  /** Makes reads that go to the primary until a {@link #turn} has found a standby. */
  StandbyReads(
      Connections primary, Connections standby, StandbySettings settings, LongSupplier nanoTime) {
    this.primary = primary;
    this.standby = standby;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.beats = new Beats(nanoTime, settings.maxLag());
  }

  /** Takes turns until it is closed. */
  void start(ThreadFactory threads) {
    ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(threads);
    timer = Optional.of(turns);
    long pause =
        Math.min(
            LONGEST_PAUSE.toMillis(), Math.max(1, settings.maxLag().toMillis() / BEATS_PER_BOUND));
    // A turn handles its failures: the handle has nothing to report.
    var _ = turns.scheduleWithFixedDelay(this::turn, 0, pause, TimeUnit.MILLISECONDS);
  }

  /** Raises the beat, and looks whether a standby that got no reads is well again. */
  void turn() {
    try {
      primary.with(connection -> {
        beats.raise(connection);
        return true;
      });
      if (!serves && standby.with(this::isKept)) {
        serve();
      }
    } catch (SQLException failure) {
      // The membership of the server tells of a primary that does not answer.
      LOG.debug("no standby for eventually consistent reads", failure);
    } catch (RuntimeException | Error broken) {
      // An exception would end the timer silently.
      LOG.error("the standbys cannot be watched, which will be tried again", broken);
    }
  }

  /** Returns whether reads go to a standby at present. */
  boolean serves() {
    return serves;
  }

  @Override
  public <T> T read(SqlWork<T> work) {
    Optional<T> read = serves ? fromStandby(work) : Optional.empty();
    return read.isPresent() ? read.get() : primary.read(work);
  }

  private <T> Optional<T> fromStandby(SqlWork<T> work) {
    try {
      Optional<T> read =
          standby.with(connection ->
              isKept(connection) ? Optional.of(work.on(connection)) : Optional.empty());
      if (read.isPresent()) {
        lateInARow.set(0);
      } else if (lateInARow.incrementAndGet() >= LATE_IN_A_ROW) {
        rest("it is more than " + settings.maxLag().toSeconds() + " s behind");
      }
      return read;
    } catch (SQLException failure) {
      // A standby cancels a query that stands in the way of what it has to replay.
      if (!SqlFailures.isPassing(failure) && !standby.isBusy(failure)) {
        rest(String.valueOf(failure.getMessage()));
      }
      return Optional.empty();
    }
  }

  private synchronized void serve() {
    lateInARow.set(0);
    serves = true;
    LOG.atLevel(isTold ? Level.INFO : Level.DEBUG)
        .log("eventually consistent reads go to {}", settings.settings());
  }

  private synchronized void rest(String why) {
    if (!serves) {
      return;
    }
    serves = false;
    standby.evictAll();
    long now = nanoTime.getAsLong();
    isTold = toldAt.isEmpty() || now - toldAt.getAsLong() >= QUIET.toNanos();
    if (isTold) {
      toldAt = OptionalLong.of(now);
    }
    LOG.atLevel(isTold ? Level.WARN : Level.DEBUG)
        .log(
            "eventually consistent reads go to the primary, since {} does not serve: {}",
            settings.settings(),
            why);
  }

  /** Returns whether a connection is within the bound; closes it when it is not. */
  private boolean isKept(Connection connection) throws SQLException {
    boolean isKept = isInTime(connection);
    if (!isKept) {
      standby.evict(connection);
    }
    return isKept;
  }

  /** Returns whether what a connection shows is within the bound. */
  private boolean isInTime(Connection connection) throws SQLException {
    Connection server = connection.unwrap(Connection.class);
    Long known = seen.get(server);
    if (known != null && isInTime(known)) {
      return true;
    }
    OptionalLong asOf = beats.asOf(connection);
    asOf.ifPresent(time -> seen.put(server, time));
    return asOf.isPresent() && isInTime(asOf.getAsLong());
  }

  private boolean isInTime(long asOf) {
    return nanoTime.getAsLong() - asOf <= settings.maxLag().toNanos();
  }

  @Override
  public void close() {
    serves = false;
    timer.ifPresent(ScheduledExecutorService::shutdownNow);
    standby.close();
  }
}
