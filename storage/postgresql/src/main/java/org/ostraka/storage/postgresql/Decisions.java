package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.AbandonedDecisionException;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Origin;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;

/**
 * Takes decisions in two round trips: one statement reads the rows, and one commits the writes if
 * the rows are still as they were. A decision whose rows have changed runs again, from then on with
 * the database's locks held while it runs, so that it does not lose again. Any thread.
 */
final class Decisions {
  /** How often a decision runs, at most. */
  private static final int MAX_RUNS = 20;

  private static final String LOCK = "SELECT ostraka.lock_rows(?, ?)";
  private static final String DECIDE = "SELECT ostraka.decide(" + "?, ".repeat(31) + "?)";

  private final Connections connections;
  private final Callers callers;
  private final StoreLimits limits;
  private final LocalLocks locks = new LocalLocks();

  Decisions(Connections connections, StoreLimits limits) {
    this.connections = connections;
    this.callers = new Callers(connections);
    this.limits = limits;
  }

  /** What a run came to; absent when the decision has to run again. */
  private record Answer<T>(Verdict<T> verdict) {}

  <T> T decide(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    DeclaredRows declared = new DeclaredRows(keys, guards);
    try (Connections.Use _ = connections.use();
        LocalLocks.Held _ = locks.lock(declared.declared())) {
      for (int run = 0; run < MAX_RUNS; run++) {
        Optional<Answer<T>> answer = new Run<>(declared, decision).answer(run > 0);
        if (answer.isPresent()) {
          return answer.get().verdict().result();
        }
      }
    }
    throw new StorageFailedException("the rows changed each time that they were decided upon");
  }

  /** One run of a decision. One thread. */
  private final class Run<T> {
    private final DeclaredRows declared;
    private final Decision<T> decision;
    private Callers.@Nullable Caller caller;
    private @Nullable Answer<T> sent;

    Run(DeclaredRows declared, Decision<T> decision) {
      this.declared = declared;
      this.decision = decision;
    }

    Optional<Answer<T>> answer(boolean locksFirst) {
      try {
        return connections.with(connection -> on(connection, locksFirst));
      } catch (SQLException failure) {
        return after(failure);
      } finally {
        if (caller != null) {
          callers.giveBack(caller);
        }
      }
    }

    private Optional<Answer<T>> on(Connection connection, boolean locksFirst) throws SQLException {
      if (!locksFirst) {
        return decide(connection);
      }
      Callers.Caller taken = callers.take(connection);
      caller = taken;
      connection.setAutoCommit(false);
      lock(connection, declared.locks(_ -> true));
      Optional<Answer<T>> answer = decide(connection);
      connection.commit();
      return answer;
    }

    private Optional<Answer<T>> decide(Connection connection) throws SQLException {
      declared.read(connection);
      Verdict<T> verdict;
      try {
        verdict = decision.decide(declared);
      } catch (AbandonedDecisionException abandoned) {
        throw abandoned;
      } catch (RuntimeException | Error refusal) {
        declared.verifyGuards();
        throw refusal;
      }
      declared.verifyGuards();
      Answer<T> answer = new Answer<>(verdict);
      return verdict.writes().isEmpty() || isCommitted(connection, answer)
          ? Optional.of(answer)
          : Optional.empty();
    }

    private boolean isCommitted(Connection connection, Answer<T> answer) throws SQLException {
      DecisionWrites writes = new DecisionWrites(declared, answer.verdict(), limits);
      Callers.Caller taken = caller == null ? callers.take(connection) : caller;
      caller = taken;
      sent = answer;
      return commit(connection, taken, declared, writes, answer.verdict().origin());
    }

    /** Finds out what became of a run that ended with an error. */
    private Optional<Answer<T>> after(SQLException failure) {
      Answer<T> answer = sent;
      Callers.Caller taken = caller;
      if (answer == null || taken == null || SqlFailures.isRefusal(failure)) {
        if (SqlFailures.isFenced(failure)) {
          caller = null;
        } else if (!SqlFailures.isPassing(failure)) {
          throw SqlFailures.failed(failure);
        }
        return Optional.empty();
      }
      caller = null;
      return callers.committed(taken) ? Optional.of(answer) : Optional.empty();
    }
  }

  private static void lock(Connection connection, List<RowLock> locks) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      Columns columns = new Columns(statement);
      columns.numbers(locks, RowLock::number);
      columns.flags(locks, RowLock::isShared);
      statement.executeQuery().close();
    }
  }

  /** Returns whether the writes were committed: not if a row has another version than was seen. */
  private static boolean commit(
      Connection connection,
      Callers.Caller caller,
      DeclaredRows declared,
      DecisionWrites writes,
      Origin origin)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DECIDE)) {
      Columns columns = new Columns(statement);
      columns.number(caller.id());
      columns.number(caller.decision());
      columns.number(writes.observed());
      columns.integer(origin.id());
      List<RowLock> locks = declared.locks(writes::writes);
      columns.numbers(locks, RowLock::number);
      columns.flags(locks, RowLock::isShared);
      setSeen(columns, declared.seen());
      setPuts(columns, writes.puts());
      columns.keys(writes.deletes().stream().map(DecisionWrites.RowWrite::key).toList());
      setAppends(columns, writes.appends());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1) == 0;
      }
    }
  }

  private static void setSeen(Columns columns, List<DeclaredRows.Seen> seen) throws SQLException {
    columns.keys(seen.stream().map(DeclaredRows.Seen::key).toList());
    columns.numbers(seen, DeclaredRows.Seen::stamp);
    columns.integers(seen, DeclaredRows.Seen::origin);
  }

  private static void setPuts(Columns columns, List<DecisionWrites.RowWrite> puts)
      throws SQLException {
    columns.keys(puts.stream().map(DecisionWrites.RowWrite::key).toList());
    columns.binaries(puts, put -> put.key().tail());
    columns.binaries(puts, DecisionWrites.RowWrite::longPartition);
    columns.binaries(puts, DecisionWrites.RowWrite::bytes);
    columns.numbers(puts, put -> stamp(put.replicated()));
    columns.integers(puts, put -> origin(put.replicated()));
  }

  private static void setAppends(Columns columns, List<DecisionWrites.Append> appends)
      throws SQLException {
    columns.numbers(appends, append -> append.log().space().id());
    columns.binaries(appends, append -> append.value().array());
    columns.numbers(appends, append -> stamp(append.replicated()));
    columns.integers(appends, append -> origin(append.replicated()));
  }

  private static @Nullable Long stamp(@Nullable Version version) {
    return version == null ? null : version.stamp().value();
  }

  private static @Nullable Integer origin(@Nullable Version version) {
    return version == null ? null : version.origin().id();
  }
}
