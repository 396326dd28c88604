package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.ostraka.storage.OutcomeUnknownException;

/**
 * The rows by which the outcome of a decision becomes known when the connection was lost. Any
 * thread.
 *
 * <p>A caller commits one group of decisions at a time, and its row has the number of the last one.
 * To ask for the outcome fences the row: that waits for a transaction that has it, and lets none
 * commit later.
 */
final class Callers {
  /** How often an outcome is asked for, each time with a new connection. */
  private static final int TRIES = 4;

  private static final String ADD =
      "INSERT INTO ostraka.callers VALUES (nextval('ostraka.caller_id'), 0, false, now())"
          + " RETURNING id";
  private static final String FENCE =
      "UPDATE ostraka.callers SET fenced = true WHERE id = ? RETURNING decision, refused";

  private final Connections connections;
  private final ConcurrentLinkedDeque<Caller> idle = new ConcurrentLinkedDeque<>();

  Callers(Connections connections) {
    this.connections = connections;
  }

  /** One row. One thread at a time. */
  static final class Caller {
    private final long id;
    private long decision;

    Caller(long id) {
      this.id = id;
    }

    long id() {
      return id;
    }

    long decision() {
      return decision;
    }
  }

  /** Takes a caller for one more group; it is given back unless it was fenced. */
  Caller take(Connection connection) throws SQLException {
    Caller caller = idle.pollFirst();
    if (caller == null) {
      try (PreparedStatement statement = connection.prepareStatement(ADD);
          ResultSet row = statement.executeQuery()) {
        row.next();
        caller = new Caller(row.getLong(1));
      }
    }
    caller.decision++;
    return caller;
  }

  void giveBack(Caller caller) {
    idle.addFirst(caller);
  }

  /**
   * Fences the caller, and returns which decisions of its last group were refused; empty when the
   * group was not committed and never will be.
   *
   * @throws OutcomeUnknownException when the database cannot be asked
   */
  Optional<Set<Integer>> committed(Caller caller) {
    SQLException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return connections.with(connection -> fence(connection, caller));
      } catch (SQLException failure) {
        last = failure;
      }
    }
    throw new OutcomeUnknownException(
        "the connection to the database was lost during a commit, and it cannot be asked for the"
            + " outcome",
        last == null ? new SQLException("no answer") : last);
  }

  private static Optional<Set<Integer>> fence(Connection connection, Caller caller)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FENCE)) {
      statement.setLong(1, caller.id());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the row of the caller is gone");
        }
        return row.getLong(1) == caller.decision()
            ? Optional.of(CommitStatement.numbers(row.getArray(2)))
            : Optional.empty();
      }
    }
  }
}
