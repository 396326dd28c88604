package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
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
  /** Beats that are remembered: older ones are beyond any bound. */
  static final int REMEMBERED = 64;

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
  private final Deque<Beat> recent = new ArrayDeque<>();
  private @Nullable Long row;

  /**
   * A count.
   *
   * @param since the time right before it was raised
   */
  private record Beat(long count, long since) {}

  /** Makes a count; {@code nanoTime} never goes back. */
  Beats(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
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
      note(found.getLong(1), new Beat(found.getLong(2), since));
    }
  }

  /** Raises the count in a row; returns false when the row is gone. */
  private boolean isRaised(Connection primary, long id, long since) throws SQLException {
    try (PreparedStatement statement = primary.prepareStatement(RAISE)) {
      statement.setLong(1, id);
      try (ResultSet found = statement.executeQuery()) {
        boolean isThere = found.next();
        if (isThere) {
          note(id, new Beat(found.getLong(1), since));
        }
        return isThere;
      }
    }
  }

  private synchronized @Nullable Long row() {
    return row;
  }

  private synchronized void note(long id, Beat beat) {
    row = id;
    recent.addLast(beat);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
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
    Optional<Beat> beat = recent.stream().filter(each -> each.count() == count).findFirst();
    return beat.map(found -> OptionalLong.of(found.since())).orElse(OptionalLong.empty());
  }
}
