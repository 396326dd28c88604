package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;

/** Logs are trimmed from their beginning, and go on as if nothing had been removed. */
interface TrimContract extends UnderTest {

  @Test
  default void trimmingRemovesTheRecordsUpToAPositionAndNoOthers() {
    List<LogRecord> records = appended(1, 10);
    Position fourth = records.get(3).position();
    store().trim(LOG, fourth);

    assertThat(store().oldest(LOG)).isEqualTo(fourth);
    assertThat(store().newest(LOG)).isEqualTo(records.getLast().position());
    assertThat(client().records(LOG, fourth)).isEqualTo(records.subList(4, 10));
  }

  @Test
  default void readerThatWasBehindIsToldSoAndCanGoOn() {
    List<LogRecord> records = appended(1, 3);
    Position first = records.getFirst().position();
    Position second = records.get(1).position();
    store().trim(LOG, second);

    for (Position behind : List.of(Position.START, first)) {
      assertThatThrownBy(() -> store().readLog(LOG, behind, 10, Long.MAX_VALUE))
          .isInstanceOfSatisfying(
              LogTrimmedException.class, trimmed -> assertThat(trimmed.oldest()).isEqualTo(second));
    }
    assertThat(client().records(LOG, second)).isEqualTo(records.subList(2, 3));
  }

  @Test
  default void logThatWasTrimmedWholeGoesOnWithGreaterPositionsAfterARestart() {
    Position newest = appended(1, 5).getLast().position();
    store().trim(LOG, newest);
    fixture().reopen();
    assertThat(store().newest(LOG)).isEqualTo(newest);
    assertThat(client().records(LOG, store().oldest(LOG))).isEmpty();

    fixture().crash();
    client().append(LOG, bytes("6"));
    List<LogRecord> later = client().records(LOG, newest);
    assertThat(later).hasSize(1);
    assertThat(later.getFirst().position()).isGreaterThan(newest);

    store().trim(LOG, later.getFirst().position());
    client().append(LOG, bytes("7"));
    assertThat(store().newest(LOG)).isGreaterThan(later.getFirst().position());
  }

  @Test
  default void trimmingBeyondTheEndTrimsWhatThereIs() {
    Position newest = appended(1, 3).getLast().position();
    store().trim(LOG, new Position(Long.MAX_VALUE));
    assertThat(store().oldest(LOG)).isEqualTo(newest);

    client().append(LOG, bytes("4"));
    assertThat(client().recordValues(LOG, newest)).containsExactly(bytes("4"));
  }

  @Test
  default void trimmingAgainOrLessChangesNothing() {
    List<LogRecord> records = appended(1, 4);
    Position third = records.get(2).position();
    store().trim(LOG, third);
    store().trim(LOG, third);
    store().trim(LOG, records.getFirst().position());
    store().trim(LOG, Position.START);

    assertThat(store().oldest(LOG)).isEqualTo(third);
    assertThat(client().records(LOG, third)).isEqualTo(records.subList(3, 4));
  }

  @Test
  default void trimmingALogWithoutRecordsChangesNothing() {
    store().trim(LOG, new Position(17));

    assertThat(store().oldest(LOG)).isEqualTo(Position.START);
    assertThat(client().records(LOG)).isEmpty();
  }

  @Test
  default void trimmedLogIsSound() {
    List<LogRecord> records = appended(1, 6);
    store().trim(LOG, records.get(3).position());
    assertSound();
    store().trim(LOG, records.getLast().position());
    assertSound();
    client().append(LOG, bytes("later"));
    assertSound();
  }

  private void assertSound() {
    List<String> problems = new ArrayList<>();
    store().check(problems::add);
    assertThat(problems).isEmpty();
  }

  /** A reader meets every record in order, or learns that it has lost some. */
  @Test
  default void readerBesideATrimmerNeverSkipsARecordUnnoticed() throws Exception {
    int records = 2_000;
    AtomicBoolean done = new AtomicBoolean();
    try (Clients busy = new Clients()) {
      busy.start(
          1,
          _ -> {
            for (int i = 1; i <= records; i++) {
              client().append(LOG, number(i));
            }
            done.set(true);
          });
      busy.start(
          1,
          _ -> {
            while (!done.get()) {
              store().trim(LOG, store().newest(LOG));
            }
          });
      readInOrder(done);
      busy.await();
    }
  }

  private void readInOrder(AtomicBoolean done) {
    Position seen = Position.START;
    long last = 0;
    while (!done.get()) {
      try {
        LogPage page = store().readLog(LOG, seen, 10, Long.MAX_VALUE);
        for (LogRecord record : page.records()) {
          assertThat(number(record.value())).as("after %s", seen).isEqualTo(last + 1);
          last++;
        }
        seen = page.next();
      } catch (LogTrimmedException trimmed) {
        List<Bytes> rest = valuesAfter(trimmed.oldest());
        if (rest.isEmpty()) {
          continue;
        }
        assertThat(number(rest.getFirst())).isGreaterThan(last);
        seen = trimmed.oldest();
        last = number(rest.getFirst()) - 1;
      }
    }
  }

  private List<Bytes> valuesAfter(Position position) {
    try {
      return client().recordValues(LOG, position);
    } catch (LogTrimmedException _) {
      return List.of();
    }
  }

  private List<LogRecord> appended(int from, int to) {
    for (int i = from; i <= to; i++) {
      client().append(LOG, number(i));
    }
    return client().records(LOG);
  }
}
