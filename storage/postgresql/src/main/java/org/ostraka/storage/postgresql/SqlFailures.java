package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import org.ostraka.storage.StorageFailedException;

/** What the database's errors mean. Stateless. */
final class SqlFailures {
  /** The code of the error by which the schema's functions refuse a clock that runs ahead. */
  private static final String CLOCK = "OS001";

  /** The code of the error by which the schema refuses a caller that was fenced. */
  private static final String FENCED = "OS002";

  private static final String OUT_OF_LOCKS = "53200";

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
    return String.valueOf(failure.getSQLState()).startsWith("40");
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
