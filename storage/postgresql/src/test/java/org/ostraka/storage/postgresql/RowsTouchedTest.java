package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * Decisions touch the rows that they name, and no others. Plans are kept, and the planner may have
 * made one while the table was empty: it then reads the table whole, if it may choose.
 */
final class RowsTouchedTest {
  private static final int ROWS = 1_000;
  private static final int GROUP = 20;
  private static final Space SPACE = new Space(7);

  /** Rows that this transaction has fetched by indexes or by scans, in all ranges of the table. */
  private static final String FETCHED =
      "SELECT sum(pg_stat_get_xact_tuples_fetched(oid) + pg_stat_get_xact_tuples_returned(oid))"
          + " FROM pg_class WHERE relnamespace = 'ostraka'::regnamespace"
          + " AND relname ~ '^rows_[0-9]+(_pkey)?$'";

  private final String database = TestDatabases.takeNew();
  private final Store store = PostgresStore.open(TestDatabases.settings(database));
  private final Connections connections = new Connections(one(), Connections.Role.PRIMARY);
  private final Callers callers = new Callers(connections);

  /** One connection, which keeps its plans. */
  private PostgresSettings one() {
    PostgresSettings all = TestDatabases.settings(database);
    return new PostgresSettings(all.hosts(), database, all.user(), "", all.parameters(), 1);
  }

  @BeforeEach
  void planOnAnEmptyTableAndFillIt() throws SQLException {
    TestDatabases.execute(database, "VACUUM ANALYZE ostraka.rows");
    var _ = touched(connection -> RowReads.read(connection, wanted()).size());
    List<Commit> puts = commits(key -> new Write.Put(key, Bytes.of(0)));
    var _ = touched(connection -> run(connection, puts));
    List<Commit> deletes = commits(Write.Delete::new);
    var _ = touched(connection -> run(connection, deletes));
    fill();
  }

  private void fill() {
    for (int i = 0; i < ROWS; i += 100) {
      List<RowKey> keys = IntStream.range(i, i + 100).mapToObj(RowsTouchedTest::key).toList();
      List<Write> puts = new ArrayList<>();
      keys.forEach(key -> puts.add(new Write.Put(key, Bytes.of(1))));
      var _ = store.transact(keys, _ -> new Verdict<>(0, puts));
    }
  }

  @AfterEach
  void close() {
    connections.close();
    store.close();
  }

  @Test
  void readingTouchesTheRowsThatItNames() throws SQLException {
    assertThat(touched(connection -> RowReads.read(connection, wanted()).size()))
        .isLessThanOrEqualTo(3 * GROUP);
  }

  @Test
  void commitOfPutsTouchesTheRowsThatItNames() throws SQLException {
    List<Commit> commits = commits(key -> new Write.Put(key, Bytes.of(2)));
    assertThat(touched(connection -> run(connection, commits))).isLessThanOrEqualTo(6 * GROUP);
  }

  @Test
  void commitOfDeletesTouchesTheRowsThatItNames() throws SQLException {
    List<Commit> commits = commits(Write.Delete::new);
    assertThat(touched(connection -> run(connection, commits))).isLessThanOrEqualTo(6 * GROUP);
    assertThat(store.read(key(0), Consistency.STRONG)).isEmpty();
    assertThat(store.read(key(GROUP), Consistency.STRONG)).isPresent();
  }

  /** All decisions on a table rest on its record: the statement has it once. */
  @Test
  void groupNamesASharedGuardOnce() throws SQLException {
    Row shared = store.read(key(ROWS - 1), Consistency.STRONG).orElseThrow();
    Guard guard = new Guard(shared.key(), Optional.of(shared.version()));
    List<Commit> alone = commits(key -> new Write.Put(key, Bytes.of(2)));
    long without = touched(connection -> run(connection, alone));
    List<Commit> guarded = commits(List.of(guard), key -> new Write.Put(key, Bytes.of(3)));
    assertThat(touched(connection -> run(connection, guarded)) - without)
        .isGreaterThanOrEqualTo(1)
        .isLessThan(GROUP / 2);
  }

  private interface Change {
    Write of(RowKey key);
  }

  private List<Commit> commits(Change change) throws SQLException {
    return commits(List.of(), change);
  }

  private List<Commit> commits(List<Guard> guards, Change change) throws SQLException {
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      DeclaredRows declared = new DeclaredRows(List.of(key(i)), guards);
      connections.with(connection -> {
        declared.read(connection);
        return true;
      });
      Verdict<Integer> verdict = new Verdict<>(i, List.of(change.of(key(i))));
      commits.add(
          new Commit(
              declared,
              new DecisionWrites(declared, verdict, PostgresStore.LIMITS),
              verdict.origin()));
    }
    return commits;
  }

  private int run(Connection connection, List<Commit> commits) throws SQLException {
    Callers.Caller caller = callers.take(connection);
    assertThat(CommitStatement.run(connection, caller, commits)).isEmpty();
    callers.giveBack(caller);
    return commits.size();
  }

  /** Returns how many rows a transaction touches, and commits it. */
  private long touched(SqlWork<Integer> work) throws SQLException {
    return connections.with(connection -> {
      connection.setAutoCommit(false);
      long before = fetched(connection);
      assertThat(work.on(connection)).isEqualTo(GROUP);
      long after = fetched(connection);
      connection.commit();
      return after - before;
    });
  }

  private static long fetched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FETCHED)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<RowReads.Wanted> wanted() {
    return IntStream.range(0, GROUP)
        .mapToObj(RowsTouchedTest::key)
        .map(key -> new RowReads.Wanted(key, StoredKey.of(key), true))
        .toList();
  }

  private static RowKey key(int number) {
    return new RowKey(SPACE, Bytes.of(number / 100, number % 100), Bytes.EMPTY);
  }
}
