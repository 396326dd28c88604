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
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from standbys whose lag is within a bound, and from the primary when there is none. Any
 * thread; it has one of its own.
 *
 * <p>A connection stays with one server, whose state only goes forward. So a connection that has
 * shown a {@linkplain Beats beat} needs to show another one only when that one is beyond the bound.
 * A standby that is late or does not answer gets no reads until the own thread finds it well again:
 * no request waits for it twice.
 */
final class StandbyReads implements Reading, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyReads.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Beats in the time of the bound, at least. */
  private static final int BEATS_PER_BOUND = 4;

  private final Connections primary;
  private final Connections standby;
  private final StandbySettings settings;
  private final LongSupplier nanoTime;
  private final Beats beats;
  private final Map<Connection, Long> seen = Collections.synchronizedMap(new WeakHashMap<>());
  private volatile boolean serves;
  private volatile Optional<ScheduledExecutorService> timer = Optional.empty();

  /** Makes reads that go to the primary until a {@link #turn} has found a standby. */
  StandbyReads(
      Connections primary, Connections standby, StandbySettings settings, LongSupplier nanoTime) {
    this.primary = primary;
    this.standby = standby;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.beats = new Beats(nanoTime);
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
      if (!serves && standby.with(this::isInTime)) {
        serves = true;
        LOG.info("eventually consistent reads go to {}", settings.settings());
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
              isInTime(connection) ? Optional.of(work.on(connection)) : Optional.empty());
      if (read.isEmpty()) {
        rest("it is more than " + settings.maxLag().toSeconds() + " s behind");
      }
      return read;
    } catch (SQLException failure) {
      // A standby cancels a query that stands in the way of what it has to replay.
      if (!SqlFailures.isPassing(failure)) {
        rest(String.valueOf(failure.getMessage()));
      }
      return Optional.empty();
    }
  }

  private void rest(String why) {
    if (serves) {
      serves = false;
      LOG.warn(
          "eventually consistent reads go to the primary, since {} does not serve: {}",
          settings.settings(),
          why);
    }
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
