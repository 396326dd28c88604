package org.ostraka.storage.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Version;

/** The statement that commits decisions: each of them if its rows are as it saw them. Stateless. */
final class CommitStatement {
  private static final String SQL = "SELECT ostraka.decide_together(" + "?, ".repeat(36) + "?)";

  private CommitStatement() {}

  /** Something of a decision, with the number of the decision in its group, from 1. */
  private record Numbered<T>(int decision, T of) {}

  /** Returns the numbers, from 1, of the decisions that were refused: a row has changed. */
  static Set<Integer> run(Connection connection, Callers.Caller caller, List<Commit> commits)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Columns columns = new Columns(statement);
      columns.number(caller.id());
      columns.number(caller.decision());
      columns.number(observed(commits));
      columns.integers(commits, commit -> commit.origin().id());
      setLocks(columns, commits);
      SeenRows.of(commits).set(columns);
      setPuts(columns, numbered(commits, commit -> commit.writes().puts()));
      List<Numbered<DecisionWrites.RowWrite>> deletes =
          numbered(commits, commit -> commit.writes().deletes());
      columns.integers(deletes, Numbered::decision);
      columns.keys(deletes.stream().map(delete -> delete.of().key()).toList());
      setAppends(columns, numbered(commits, commit -> commit.writes().appends()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return numbers(row.getArray(1));
      }
    }
  }

  /** Returns the numbers in a column that may be null. */
  static Set<Integer> numbers(@Nullable Array column) throws SQLException {
    return column == null ? Set.of() : new HashSet<>(List.of((Integer[]) column.getArray()));
  }

  private static long observed(List<Commit> commits) {
    return commits.stream().mapToLong(commit -> commit.writes().observed()).max().orElse(0);
  }

  private static <T> List<Numbered<T>> numbered(
      List<Commit> commits, Function<Commit, List<T>> parts) {
    List<Numbered<T>> numbered = new ArrayList<>();
    for (int i = 0; i < commits.size(); i++) {
      for (T part : parts.apply(commits.get(i))) {
        numbered.add(new Numbered<>(i + 1, part));
      }
    }
    return numbered;
  }

  private static void setLocks(Columns columns, List<Commit> commits) throws SQLException {
    List<RowLock> locks =
        RowLock.inOrder(commits.stream().flatMap(commit -> commit.locks().stream()).toList());
    columns.numbers(locks, RowLock::number);
    columns.flags(locks, RowLock::isShared);
  }

  private static void setPuts(Columns columns, List<Numbered<DecisionWrites.RowWrite>> puts)
      throws SQLException {
    columns.integers(puts, Numbered::decision);
    columns.keys(puts.stream().map(put -> put.of().key()).toList());
    columns.binaries(puts, put -> put.of().key().tail());
    columns.binaries(puts, put -> put.of().longPartition());
    columns.binaries(puts, put -> put.of().bytes());
    columns.numbers(puts, put -> stamp(put.of().replicated()));
    columns.integers(puts, put -> origin(put.of().replicated()));
  }

  private static void setAppends(Columns columns, List<Numbered<DecisionWrites.Append>> appends)
      throws SQLException {
    columns.integers(appends, Numbered::decision);
    columns.numbers(appends, append -> append.of().log().space().id());
    columns.binaries(appends, append -> append.of().value().array());
    columns.numbers(appends, append -> stamp(append.of().replicated()));
    columns.integers(appends, append -> origin(append.of().replicated()));
  }

  private static @Nullable Long stamp(@Nullable Version version) {
    return version == null ? null : version.stamp().value();
  }

  private static @Nullable Integer origin(@Nullable Version version) {
    return version == null ? null : version.origin().id();
  }
}
