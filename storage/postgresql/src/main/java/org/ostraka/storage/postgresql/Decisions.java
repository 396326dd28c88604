package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.AbandonedDecisionException;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;

/**
 * Takes decisions in two round trips: one statement reads the rows, and one commits the writes if
 * the rows are still as they were. Decisions of several threads share both. A decision whose rows
 * have changed runs again, from then on alone and with the database's locks held while it runs, so
 * that it does not lose again. Any thread.
 */
final class Decisions {
  /** How often a decision runs, at most. */
  private static final int MAX_RUNS = 20;

  private static final String LOCK = "SELECT ostraka.lock_rows(?, ?)";

  private final Connections connections;
  private final RowReader reader;
  private final Callers callers;
  private final Commits commits;
  private final StoreLimits limits;
  private final LocalLocks locks = new LocalLocks();

  Decisions(Connections connections, RowReader reader, StoreLimits limits) {
    this.connections = connections;
    this.reader = reader;
    this.callers = new Callers(connections);
    this.commits = new Commits(connections, callers);
    this.limits = limits;
  }

  <T> T decide(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    DeclaredRows declared = new DeclaredRows(keys, guards);
    try (Connections.Use _ = connections.use();
        LocalLocks.Held _ = locks.lock(declared.declared())) {
      Optional<Verdict<T>> verdict = optimistic(declared, decision);
      for (int run = 1; run < MAX_RUNS && verdict.isEmpty(); run++) {
        verdict = new LockedRun<>(declared, decision).verdict();
      }
      return verdict
          .orElseThrow(() ->
              new StorageFailedException("the rows changed each time that they were decided upon"))
          .result();
    }
  }

  /** Runs a decision without locks; empty when it has to run again. */
  private <T> Optional<Verdict<T>> optimistic(DeclaredRows declared, Decision<T> decision) {
    try {
      declared.read(reader);
    } catch (SQLException failure) {
      if (!SqlFailures.isPassing(failure)) {
        throw SqlFailures.failed(failure);
      }
      return Optional.empty();
    }
    Verdict<T> verdict = judge(declared, decision);
    if (verdict.writes().isEmpty()) {
      return Optional.of(verdict);
    }
    return switch (commits.commit(commit(declared, verdict))) {
      case Commit.Outcome.Committed() -> Optional.of(verdict);
      case Commit.Outcome.Again() -> Optional.empty();
      case Commit.Outcome.Failed(SQLException failure) -> throw SqlFailures.failed(failure);
      case Commit.Outcome.Unknown(OutcomeUnknownException failure) ->
          throw new OutcomeUnknownException(String.valueOf(failure.getMessage()), failure);
    };
  }

  /** Returns the verdict on the rows that were read, whose guards hold. */
  private static <T> Verdict<T> judge(DeclaredRows declared, Decision<T> decision) {
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
    return verdict;
  }

  private Commit commit(DeclaredRows declared, Verdict<?> verdict) {
    return new Commit(declared, new DecisionWrites(declared, verdict, limits), verdict.origin());
  }

  /** A run that holds the database's locks. One thread. */
  private final class LockedRun<T> {
    private final DeclaredRows declared;
    private final Decision<T> decision;
    private Callers.@Nullable Caller caller;
    private Optional<Verdict<T>> sent = Optional.empty();

    LockedRun(DeclaredRows declared, Decision<T> decision) {
      this.declared = declared;
      this.decision = decision;
    }

    /** Returns the verdict; empty when the decision has to run again. */
    Optional<Verdict<T>> verdict() {
      try {
        return connections.with(this::on);
      } catch (SQLException failure) {
        return after(failure);
      } finally {
        if (caller != null) {
          callers.giveBack(caller);
        }
      }
    }

    private Optional<Verdict<T>> on(Connection connection) throws SQLException {
      Callers.Caller taken = callers.take(connection);
      caller = taken;
      connection.setAutoCommit(false);
      lock(connection, declared.locks(_ -> true));
      declared.read(connection);
      Verdict<T> verdict = judge(declared, decision);
      boolean isCommitted = true;
      if (!verdict.writes().isEmpty()) {
        Commit commit = commit(declared, verdict);
        sent = Optional.of(verdict);
        isCommitted = CommitStatement.run(connection, taken, List.of(commit)).isEmpty();
      }
      connection.commit();
      return isCommitted ? Optional.of(verdict) : Optional.empty();
    }

    /** Finds out what became of a run that ended with an error. */
    private Optional<Verdict<T>> after(SQLException failure) {
      Callers.Caller taken = caller;
      if (sent.isEmpty() || taken == null || SqlFailures.isRefusal(failure)) {
        if (SqlFailures.isFenced(failure)) {
          caller = null;
        } else if (!SqlFailures.isPassing(failure)) {
          throw SqlFailures.failed(failure);
        }
        return Optional.empty();
      }
      caller = null;
      return callers.committed(taken).filter(Set::isEmpty).flatMap(_ -> sent);
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
}
