package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** A decision whose connection is lost during its commit is carried out once, and answered. */
final class LostConnectionTest {
  private static final RowKey COUNT = new RowKey(new Space(7), Bytes.of(1), Bytes.EMPTY);
  private static final LogId LOG = new LogId(new Space(8));

  private final String database = TestDatabases.takeNew();
  private final AtomicInteger runs = new AtomicInteger();
  private Cable cable;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    PostgresSettings direct = TestDatabases.settings(database);
    cable = new Cable(direct.hosts());
    store =
        PostgresStore.open(
            new PostgresSettings(
                cable.address(), database, direct.user(), "", direct.parameters(), 4));
    count(Cable.Cut.NOWHERE);
    runs.set(0);
  }

  @AfterEach
  void close() {
    store.close();
    cable.close();
  }

  @Test
  void commitWhoseAnswerIsLostIsFoundAndNotRepeated() {
    assertThat(count(Cable.Cut.BEFORE_THE_ANSWER)).isEqualTo(2);
    assertThat(runs).hasValue(1);
    assertCounted(2);
  }

  @Test
  void commitThatNeverArrivedIsRepeated() {
    assertThat(count(Cable.Cut.BEFORE_THE_REQUEST)).isEqualTo(2);
    assertThat(runs).hasValue(2);
    assertCounted(2);
  }

  @Test
  void decisionsAfterALostConnectionAreCarriedOutAsBefore() {
    for (int i = 0; i < 5; i++) {
      runs.set(0);
      count(Cable.Cut.BEFORE_THE_ANSWER);
      count(Cable.Cut.NOWHERE);
      runs.set(0);
      count(Cable.Cut.BEFORE_THE_REQUEST);
    }
    assertCounted(16);
  }

  /** Adds one to the count and to the log, and cuts the cable between reading and committing. */
  private int count(Cable.Cut cut) {
    return store.transact(
        List.of(COUNT),
        rows -> {
          if (runs.getAndIncrement() == 0 || cut == Cable.Cut.NOWHERE) {
            cable.cut(cut);
          }
          int next = rows.row(COUNT).map(LostConnectionTest::number).orElse(0) + 1;
          return new Verdict<>(
              next,
              List.of(new Write.Put(COUNT, Bytes.of(next)), new Write.Append(LOG, Bytes.of(next))));
        });
  }

  private static int number(Row row) {
    return row.value().array()[0];
  }

  private void assertCounted(int times) {
    assertThat(store.read(COUNT, Consistency.STRONG).map(LostConnectionTest::number))
        .hasValue(times);
    assertThat(store.readLog(LOG, Position.START, 1_000, Long.MAX_VALUE).records())
        .extracting(record -> (int) record.value().array()[0])
        .containsExactlyElementsOf(IntStream.rangeClosed(1, times).boxed().toList());
  }
}
