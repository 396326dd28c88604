package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A count in the primary that this store raises, by which it sees how old the state of a standby
 * is: whoever shows a count has everything that was acknowledged before the count was raised. The
 * clocks of the database servers do not matter. Any thread.
 *
 * <p>The count stands in a row of the callers, with a negative id. It begins anywhere, so that
 * another database, or an old copy of this one, does not show it by accident.
 */
final class Beats {
  private static final String BEGIN =
      """
      INSERT INTO ostraka.callers
        VALUES (-nextval('ostraka.caller_id'),
          ('x' || left(replace(gen_random_uuid()::text, '-', ''), 15))::bit(60)::bigint, true, now())
        RETURNING id, decision
      """;
  private static final String RAISE =
      "UPDATE ostraka.callers SET decision = decision + 1, touched = now() WHERE id = ?"
          + " RETURNING decision";
  private static final String READ = "SELECT decision FROM ostraka.callers WHERE id = ?";

  private final LongSupplier nanoTime;
  private final long boundNanos;

  /** The times right before the counts were raised. */
  private final Map<Long, Long> sinceByCount = new HashMap<>();

  private @Nullable Long row;

  /** The count of the next raise; unknown while the outcome of a raise is. */
  private OptionalLong next = OptionalLong.empty();

  /**
   * Makes a count; {@code nanoTime} never goes back.
   *
   * @param bound the age at which a count may be forgotten
   */
  Beats(LongSupplier nanoTime, Duration bound) {
    this.nanoTime = nanoTime;
    this.boundNanos = bound.toNanos();
  }

  /** Raises the count in the primary. */
  void raise(Connection primary) throws SQLException {
    long since = nanoTime.getAsLong();
    Long known = row();
    if (known == null || !isRaised(primary, known, since)) {
      begin(primary, since);
    }
  }

  private void begin(Connection primary, long since) throws SQLException {
    try (PreparedStatement statement = primary.prepareStatement(BEGIN);
        ResultSet found = statement.executeQuery()) {
      found.next();
      note(found.getLong(1), found.getLong(2), since);
    }
  }

  /** Raises the count in a row; returns false when the row is gone. */
  private boolean isRaised(Connection primary, long id, long since) throws SQLException {
    expect(since);
    try (PreparedStatement statement = primary.prepareStatement(RAISE)) {
      statement.setLong(1, id);
      try (ResultSet found = statement.executeQuery()) {
        boolean isThere = found.next();
        if (isThere) {
          note(id, found.getLong(1), since);
        }
        return isThere;
      }
    }
  }

  private synchronized @Nullable Long row() {
    return row;
  }

  /**
   * Notes the count that a raise will bring, since a standby may show it before the primary has
   * answered. When the answer is lost, a later raise may bring the same count: then none is
   * expected until the count is known again.
   */
  private synchronized void expect(long since) {
    next.ifPresent(count -> sinceByCount.put(count, since));
    next = OptionalLong.empty();
  }

  private synchronized void note(long id, long count, long since) {
    long now = nanoTime.getAsLong();
    sinceByCount.values().removeIf(time -> now - time > boundNanos);
    sinceByCount.put(count, since);
    row = id;
    next = OptionalLong.of(count + 1);
  }

  /**
   * Returns the time of this store's clock at which a database had, at the latest, the state that
   * it has now; empty when that is too long ago, or it is no copy of the primary.
   */
  OptionalLong asOf(Connection standby) throws SQLException {
    Long known = row();
    if (known == null) {
      return OptionalLong.empty();
    }
    try (PreparedStatement statement = standby.prepareStatement(READ)) {
      statement.setLong(1, known);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? since(found.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private synchronized OptionalLong since(long count) {
    Long since = sinceByCount.get(count);
    return since == null ? OptionalLong.empty() : OptionalLong.of(since);
  }
}
