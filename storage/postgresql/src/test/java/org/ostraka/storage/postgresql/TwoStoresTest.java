package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Two stores on one database, as two servers have them, act as one. */
final class TwoStoresTest {
  private static final RowKey COUNT = new RowKey(new Space(7), Bytes.of(1), Bytes.EMPTY);
  private static final RowKey TERM = new RowKey(new Space(7), Bytes.of(2), Bytes.EMPTY);
  private static final LogId LOG = new LogId(new Space(8));
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
  private static final int THREADS = 8;
  private static final int INCREMENTS = 25;

  private final String database = TestDatabases.takeNew();
  private final Store one = PostgresStore.open(TestDatabases.settings(database));
  private final Store two = PostgresStore.open(TestDatabases.settings(database));

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void noIncrementIsLostAndTheLogHasThemInOrder() throws Exception {
    AtomicInteger threads = new AtomicInteger();
    TestDatabases.inParallel(
        THREADS,
        () -> {
          Store store = threads.getAndIncrement() % 2 == 0 ? one : two;
          for (int i = 0; i < INCREMENTS; i++) {
            increment(store, List.of());
          }
        });
    int times = THREADS * INCREMENTS;
    assertThat(number(one.read(COUNT, Consistency.STRONG))).isEqualTo(times);
    assertThat(number(two.read(COUNT, Consistency.STRONG))).isEqualTo(times);
    List<LogRecord> records = two.readLog(LOG, Position.START, 1_000, Long.MAX_VALUE).records();
    assertThat(records).hasSize(times);
    for (int i = 0; i < times; i++) {
      assertThat(records.get(i).value()).isEqualTo(bytes(i + 1));
    }
    assertThat(one.newest(LOG)).isEqualTo(records.getLast().position());
  }

  /** The servers that delete a table, and those that clean up, drop its spaces at the same time. */
  @Test
  void noRowIsLeftWhereADropEndsAlsoIfTheOtherStoreDropsTheSpaceToo() throws Exception {
    Space space = new Space(9);
    fill(space, PostgresStore.DROP_ROWS + 1_000);
    try (Connection other = Connections.single(TestDatabases.settings(database));
        PreparedStatement statement = other.prepareStatement(PostgresStore.DROP);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.setLong(1, space.id());
      statement.setLong(2, Long.MIN_VALUE);
      statement.setInt(3, PostgresStore.DROP_ROWS);
      assertThat(statement.execute()).isTrue();
      Future<Boolean> dropped =
          threads.submit(() -> {
            one.drop(space);
            return one.spaces().contains(space);
          });
      awaitLockWait(dropped);
      other.commit();
      assertThat(dropped.get()).isFalse();
    }
  }

  private void fill(Space space, int rows) {
    for (int from = 0; from < rows; from += 1_000) {
      List<RowKey> keys =
          IntStream.range(from, from + 1_000)
              .mapToObj(number -> new RowKey(space, bytes(number), Bytes.EMPTY))
              .toList();
      List<Write> puts = new ArrayList<>();
      keys.forEach(key -> puts.add(new Write.Put(key, Bytes.EMPTY)));
      var _ = one.transact(keys, _ -> new Verdict<>(true, puts));
    }
  }

  /** Waits until work waits for the locks of another transaction. */
  private void awaitLockWait(Future<Boolean> work) throws SQLException {
    try (Connection watching = Connections.single(TestDatabases.settings(database));
        PreparedStatement waiting = watching.prepareStatement(WAITING)) {
      boolean waits = false;
      while (!waits) {
        assertThat(work).isNotDone();
        try (ResultSet row = waiting.executeQuery()) {
          waits = row.next() && row.getLong(1) > 0;
        }
      }
    }
  }

  @Test
  void guardOfARowThatTheOtherStoreChangedFails() {
    put(one, TERM);
    Guard guard = new Guard(TERM, one.read(TERM, Consistency.STRONG).map(Row::version));
    increment(one, List.of(guard));
    put(two, TERM);
    assertThatThrownBy(() -> increment(one, List.of(guard)))
        .isInstanceOf(GuardMismatchException.class);
    assertThat(number(two.read(COUNT, Consistency.STRONG))).isEqualTo(1);
  }

  @Test
  void readSeesWhatTheOtherStoreAcknowledged() {
    for (int i = 1; i <= INCREMENTS; i++) {
      increment(i % 2 == 0 ? one : two, List.of());
      assertThat(number((i % 2 == 0 ? two : one).read(COUNT, Consistency.STRONG))).isEqualTo(i);
    }
  }

  private static void increment(Store store, List<Guard> guards) {
    store.transact(
        List.of(COUNT),
        guards,
        rows -> {
          Bytes next = bytes(number(rows.row(COUNT)) + 1);
          return new Verdict<>(
              true, List.of(new Write.Put(COUNT, next), new Write.Append(LOG, next)));
        });
  }

  private static void put(Store store, RowKey key) {
    store.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Put(key, bytes(1)))));
  }

  private static Bytes bytes(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private static int number(Optional<Row> row) {
    return row.map(found -> ByteBuffer.wrap(found.value().array()).getInt()).orElse(0);
  }
}
