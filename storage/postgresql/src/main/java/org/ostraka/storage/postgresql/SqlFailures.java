package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.ostraka.storage.StorageFailedException;

/** What the database's errors mean. Stateless. */
final class SqlFailures {
  /** The code of the error by which the schema's functions refuse a clock that runs ahead. */
  private static final String CLOCK = "OS001";

  /** The code of the error by which the schema refuses a caller that was fenced. */
  private static final String FENCED = "OS002";

  private static final String OUT_OF_LOCKS = "53200";

  /** The code of the error after the session's lock_timeout. */
  private static final String NO_LOCK_IN_TIME = "55P03";

  private SqlFailures() {}

  /**
   * Returns whether the database answered that it did not carry the statement out. Otherwise it may
   * have.
   */
  static boolean isRefusal(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && !state.startsWith("08") && !state.startsWith("57P");
  }

  /** Returns whether the same decision may well succeed when it is taken again. */
  static boolean isPassing(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("40") || state.equals(NO_LOCK_IN_TIME);
  }

  /**
   * Returns whether one decision of a group may have caused the failure, so that the others succeed
   * without it: bad data, a constraint, a limit, a lock, or a clock that runs ahead.
   */
  static boolean mayBeOneDecisions(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return isPassing(failure)
        || Set.of(CLOCK, OUT_OF_LOCKS).contains(state)
        || Stream.of("22", "23", "54").anyMatch(state::startsWith);
  }

  /** Returns whether the caller's row was fenced or removed: nothing was carried out. */
  static boolean isFenced(SQLException failure) {
    return FENCED.equals(failure.getSQLState());
  }

  /** Returns a failure of a statement that threads shared, for one of them. */
  static SQLException copy(SQLException failure) {
    return new SQLException(failure.getMessage(), failure.getSQLState(), failure);
  }

  /** Returns the exception for what was certainly not carried out. */
  static StorageFailedException failed(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.equals(CLOCK)) {
      return new StorageFailedException(
          "the database's clock and the last write, or a change from elsewhere, differ by more than"
              + " 300 s: writes are refused until the clock is set right or has caught up",
          failure);
    }
    if (state.equals(OUT_OF_LOCKS)) {
      return new StorageFailedException(
          "the database has no room for more locks (max_locks_per_transaction)", failure);
    }
    return new StorageFailedException("the database does not serve", failure);
  }
}
