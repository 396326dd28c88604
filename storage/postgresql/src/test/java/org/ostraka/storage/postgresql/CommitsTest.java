package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/** Decisions that are committed in one transaction have each their own fate. */
final class CommitsTest {
  private static final Space SPACE = new Space(7);
  private static final LogId LOG = new LogId(new Space(8));

  private final String database = TestDatabases.takeNew();
  private Cable cable;
  private Store store;
  private Connections connections;
  private Commits commits;

  @BeforeEach
  void open() throws IOException {
    PostgresSettings direct = TestDatabases.settings(database);
    store = PostgresStore.open(direct);
    cable = new Cable(direct.hosts());
    // One connection: a pool with room for more opens them in the background, and the cut would hit
    // what that sends.
    connections =
        new Connections(
            new PostgresSettings(
                cable.address(), database, direct.user(), "", direct.parameters(), 1),
            Connections.Role.PRIMARY);
    commits = new Commits(connections, new Callers(connections));
  }

  @AfterEach
  void close() {
    connections.close();
    store.close();
    cable.close();
  }

  @Test
  void changedRowRefusesItsOwnDecisionOnly() throws SQLException {
    List<Commit> group = group(3);
    put(2, 20);
    commits.commitTogether(group);
    assertThat(group)
        .extracting(Commit::outcome)
        .containsExactly(
            new Commit.Outcome.Committed(),
            new Commit.Outcome.Again(),
            new Commit.Outcome.Committed());
    assertThat(values(3)).containsExactly(1, 20, 3);
    assertThat(logged()).containsExactly(1, 3);
    assertThat(transactionsOf(1, 3)).as("one transaction").hasSize(1);
  }

  @Test
  void eachDecisionHasItsOwnStamp() throws SQLException {
    List<Commit> group = group(3);
    commits.commitTogether(group);
    List<Stamp> stamps =
        IntStream.rangeClosed(1, 3).mapToObj(i -> row(i).version().stamp()).toList();
    assertThat(stamps).doesNotHaveDuplicates().isSorted();
    assertThat(records())
        .extracting(record -> record.version().stamp())
        .containsExactlyElementsOf(stamps);
    assertThat(records()).extracting(LogRecord::position).doesNotHaveDuplicates();
  }

  @Test
  void whatTheDatabaseRefusesFailsAlone() throws SQLException {
    List<Commit> group = new ArrayList<>(group(3));
    Version future = new Version(new Stamp(Long.MAX_VALUE / 2), new Origin(3));
    group.add(commit(4, new Write.Replicated(future, new Write.Put(key(4), Bytes.of(4)))));
    commits.commitTogether(group);
    assertThat(group.subList(0, 3))
        .extracting(Commit::outcome)
        .containsOnly(new Commit.Outcome.Committed());
    assertThat(group.get(3).outcome()).isInstanceOf(Commit.Outcome.Failed.class);
    assertThat(values(3)).containsExactly(1, 2, 3);
    assertThat(store.read(key(4), Consistency.STRONG)).isEmpty();
  }

  @Test
  void lostAnswerTellsEachDecisionItsOwnOutcome() throws SQLException {
    commits.commitTogether(group(3));
    List<Commit> group = group(3);
    put(2, 20);
    cable.cut(Cable.Cut.BEFORE_THE_ANSWER);
    commits.commitTogether(group);
    assertThat(group)
        .extracting(Commit::outcome)
        .containsExactly(
            new Commit.Outcome.Committed(),
            new Commit.Outcome.Again(),
            new Commit.Outcome.Committed());
    assertThat(logged()).containsExactly(1, 2, 3, 1, 3);
  }

  @Test
  void lostRequestMakesAllDecisionsRunAgain() throws SQLException {
    commits.commitTogether(group(3));
    List<Commit> group = group(3);
    cable.cut(Cable.Cut.BEFORE_THE_REQUEST);
    commits.commitTogether(group);
    assertThat(group).extracting(Commit::outcome).containsOnly(new Commit.Outcome.Again());
    assertThat(logged()).containsExactly(1, 2, 3);
  }

  @Test
  void changedGuardRefusesItsOwnDecisionOnly() throws SQLException {
    put(9, 1);
    Guard guard = new Guard(key(9), Optional.of(row(9).version()));
    List<Commit> group = new ArrayList<>(group(2));
    group.add(commit(3, List.of(guard), new Write.Put(key(3), Bytes.of(3))));
    put(9, 2);
    commits.commitTogether(group);
    assertThat(group)
        .extracting(Commit::outcome)
        .containsExactly(
            new Commit.Outcome.Committed(),
            new Commit.Outcome.Committed(),
            new Commit.Outcome.Again());
  }

  /** Returns decisions that each put their number and append it to the log, based on what is. */
  private List<Commit> group(int decisions) throws SQLException {
    List<Commit> group = new ArrayList<>();
    for (int i = 1; i <= decisions; i++) {
      Bytes number = Bytes.of(i);
      group.add(commit(i, new Write.Put(key(i), number), new Write.Append(LOG, number)));
    }
    return group;
  }

  private Commit commit(int row, Write... writes) throws SQLException {
    return commit(row, List.of(), writes);
  }

  private Commit commit(int row, List<Guard> guards, Write... writes) throws SQLException {
    DeclaredRows declared = new DeclaredRows(List.of(key(row)), guards);
    connections.with(connection -> {
      declared.read(connection);
      return true;
    });
    Verdict<Integer> verdict = new Verdict<>(row, List.of(writes));
    return new Commit(
        declared, new DecisionWrites(declared, verdict, PostgresStore.LIMITS), verdict.origin());
  }

  private void put(int row, int value) {
    var _ =
        store.transact(
            List.of(key(row)),
            _ -> new Verdict<>(row, List.of(new Write.Put(key(row), Bytes.of(value)))));
  }

  private static RowKey key(int row) {
    return new RowKey(SPACE, Bytes.of(row), Bytes.EMPTY);
  }

  private Row row(int row) {
    return store.read(key(row), Consistency.STRONG).orElseThrow();
  }

  private Stream<Integer> values(int rows) {
    return IntStream.rangeClosed(1, rows).mapToObj(i -> (int) row(i).value().array()[0]);
  }

  private List<LogRecord> records() {
    return store.readLog(LOG, Position.START, 1_000, Long.MAX_VALUE).records();
  }

  private Stream<Integer> logged() {
    return records().stream().map(record -> (int) record.value().array()[0]);
  }

  /** Returns the database's numbers of the transactions that wrote these rows last. */
  private List<String> transactionsOf(int... rows) throws SQLException {
    List<String> found = new ArrayList<>();
    return connections.with(connection -> {
      for (int row : rows) {
        try (Statement statement = connection.createStatement();
            ResultSet each =
                statement.executeQuery(
                    "SELECT xmin FROM ostraka.rows WHERE partition_id = '\\x0" + row + "'")) {
          each.next();
          found.add(each.getString(1));
        }
      }
      return found.stream().distinct().toList();
    });
  }
}
