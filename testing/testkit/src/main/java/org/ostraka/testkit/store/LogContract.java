package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * Logs hold the records that committed decisions appended, in commit order; no record appears
 * before a position that a reader has passed.
 */
interface LogContract extends UnderTest {

  @Test
  default void logThatWasNeverWrittenIsEmpty() {
    LogPage page = store().readLog(LOG, Position.START, 10, Long.MAX_VALUE);

    assertThat(page.records()).isEmpty();
    assertThat(page.next()).isEqualTo(Position.START);
  }

  @Test
  default void positionsIncreaseInEachLog() {
    LogId other = new LogId(new Space(LOG.space().id() + 1));
    for (int i = 1; i <= 5; i++) {
      client()
          .write(
              new Write.Append(LOG, number(10L * i)),
              new Write.Append(other, number(-i)),
              new Write.Append(LOG, number(10L * i + 1)));
    }

    assertIncreasing(client().records(LOG), 10);
    assertIncreasing(client().records(other), 5);
    assertThat(client().recordValues(LOG))
        .extracting(StoreClient::number)
        .containsExactly(10L, 11L, 20L, 21L, 30L, 31L, 40L, 41L, 50L, 51L);
    assertThat(client().recordValues(other))
        .extracting(StoreClient::number)
        .containsExactly(-1L, -2L, -3L, -4L, -5L);
  }

  @Test
  default void positionsGoOnAfterReopeningAndAfterACrash() {
    client().append(LOG, bytes("1"));
    fixture().reopen();
    client().append(LOG, bytes("2"));
    fixture().crash();
    client().append(LOG, bytes("3"));

    assertIncreasing(client().records(LOG), 3);
    assertThat(client().recordValues(LOG)).containsExactly(bytes("1"), bytes("2"), bytes("3"));
  }

  @Test
  default void logIsReadInPagesOfAnySize() {
    for (int i = 1; i <= 23; i++) {
      client().append(LOG, number(i));
    }
    for (int limit : new int[] {1, 2, 7, 22, 23, 24, Store.MAX_LOG_PAGE}) {
      List<LogRecord> records = new ArrayList<>();
      LogPage page = store().readLog(LOG, Position.START, limit, Long.MAX_VALUE);
      while (!page.records().isEmpty()) {
        assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
        assertThat(page.next()).isEqualTo(page.records().getLast().position());
        records.addAll(page.records());
        page = store().readLog(LOG, page.next(), limit, Long.MAX_VALUE);
      }
      assertIncreasing(records, 23);
      assertThat(page.next()).isEqualTo(store().newest(LOG));
    }
  }

  @Test
  default void readingBeyondTheEndFindsNothingYet() {
    client().append(LOG, bytes("1"));

    long newest = store().newest(LOG).value();
    for (long after : new long[] {newest, newest + 1, newest + 1_000, Long.MAX_VALUE}) {
      LogPage page = store().readLog(LOG, new Position(after), 10, Long.MAX_VALUE);
      assertThat(page.records()).isEmpty();
      assertThat(page.next()).isEqualTo(new Position(after));
    }
  }

  @Test
  default void pagesOfNoRecordsOrOfTooManyAreRefused() {
    for (int limit : new int[] {-1, 0, Store.MAX_LOG_PAGE + 1}) {
      assertThatThrownBy(() -> store().readLog(LOG, Position.START, limit, Long.MAX_VALUE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void pageEndsBeforeItExceedsItsBytesButHasOneRecordAtLeast() {
    client().append(LOG, Bytes.wrap(new byte[1_000]));
    client().append(LOG, Bytes.wrap(new byte[10]));
    client().append(LOG, Bytes.wrap(new byte[10]));

    LogPage large = store().readLog(LOG, Position.START, 10, 100);
    assertThat(large.records()).hasSize(1);
    LogPage small = store().readLog(LOG, large.next(), 10, 19);
    assertThat(small.records()).hasSize(1);
    assertThat(store().readLog(LOG, large.next(), 10, 20).records()).hasSize(2);
    assertThatThrownBy(() -> store().readLog(LOG, Position.START, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void logAndRowsOfOneSpaceAreKeptApart() {
    client().append(new LogId(SPACE), bytes("record"));
    client().put("p", "s", "value");

    assertThat(client().rows(Range.OfSlice.all(SPACE))).hasSize(1);
    assertThat(client().recordValues(new LogId(SPACE))).containsExactly(bytes("record"));
  }

  @Test
  default void refusedDecisionAppendsNothing() {
    assertThatThrownBy(() ->
            store()
                .transact(
                    List.of(key("p", "s")),
                    _ -> {
                      throw new IllegalStateException("refused");
                    }))
        .isInstanceOf(IllegalStateException.class);
    client().append(LOG, bytes("record"));

    assertIncreasing(client().records(LOG), 1);
  }

  @Test
  default void recordsOfNoBytesAndOfAMegabyteAreKept() {
    Bytes megabyte = Bytes.wrap(new byte[1 << 20]);
    client().append(LOG, Bytes.EMPTY);
    client().append(LOG, megabyte);

    fixture().reopen();
    assertThat(client().recordValues(LOG)).containsExactly(Bytes.EMPTY, megabyte);
  }

  /**
   * Each writer increments a row of its own and appends the count; a hot row puts all their
   * decisions in an order. A reader that tails the log finds every record, once, in that order.
   */
  @Test
  default void readerThatTailsALogNeverSkipsARecord() throws Exception {
    int writers = 8;
    int each = 200;
    List<LogRecord> tail = new ArrayList<>();
    try (Clients busy = new Clients()) {
      busy.start(
          writers,
          _ -> {
            for (int i = 0; i < each; i++) {
              countUp();
            }
          });
      Position seen = Position.START;
      while (tail.size() < writers * each) {
        LogPage page = store().readLog(LOG, seen, 7, Long.MAX_VALUE);
        tail.addAll(page.records());
        seen = page.next();
        assertCountedTo(page);
      }
      busy.await();
    }
    assertIncreasing(tail, writers * each);
    for (int i = 0; i < tail.size(); i++) {
      assertThat(number(tail.get(i).value())).isEqualTo(i + 1L);
    }
  }

  /** Checks that a reader of a record also finds the row that the same decision wrote. */
  private void assertCountedTo(LogPage page) {
    if (!page.records().isEmpty()) {
      long record = number(page.records().getLast().value());
      assertThat(number(client().read(key("p", "count")).orElseThrow()))
          .isGreaterThanOrEqualTo(record);
    }
  }

  /** Increments a row and appends the count. */
  private void countUp() {
    countUp(List.of());
  }

  /** Increments a row and appends the count, with other writes between the two. */
  private void countUp(List<Write> between) {
    RowKey counter = key("p", "count");
    Set<RowKey> keys = StoreClient.keysOf(between);
    keys.add(counter);
    store()
        .transact(
            keys,
            rows -> {
              long next = rows.row(counter).map(Row::value).map(StoreClient::number).orElse(0L) + 1;
              List<Write> writes = new ArrayList<>();
              writes.add(new Write.Put(counter, number(next)));
              writes.addAll(between);
              writes.add(new Write.Append(LOG, number(next)));
              return new Verdict<>(next, writes);
            });
  }

  @Test
  default void whoeverSeesARowFindsTheRecordThatCameWithIt() throws Exception {
    int counters = 4;
    List<Write> between = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      between.add(new Write.Put(key("q", "between" + i), bytes("value")));
    }
    AtomicInteger countersLeft = new AtomicInteger(counters);
    Set<Long> missing = ConcurrentHashMap.newKeySet();
    try (Clients busy = new Clients()) {
      busy.start(
          counters,
          _ -> {
            for (int i = 0; i < 250; i++) {
              countUp(between);
            }
            countersLeft.decrementAndGet();
          });
      busy.start(
          2,
          _ -> {
            while (countersLeft.get() > 0) {
              client().read(key("p", "count")).map(StoreClient::number).stream()
                  .filter(seen -> client().recordValues(LOG).size() < seen)
                  .forEach(missing::add);
            }
          });
      busy.await();
    }
    assertThat(missing).as("rows seen before the records that came with them").isEmpty();
  }

  @Test
  default void logsOfConcurrentWritersAreEachInOrder() throws Exception {
    int logs = 5;
    Clients.run(
        10,
        client -> {
          for (int i = 0; i < 100; i++) {
            client().append(log(client % logs), number(client * 1_000L + i));
          }
        });

    for (int log = 0; log < logs; log++) {
      assertIncreasing(client().records(log(log)), 200);
      assertEachWriterInOrder(client().recordValues(log(log)));
    }
  }

  private static LogId log(int number) {
    return new LogId(new Space(100 + number));
  }

  private static void assertEachWriterInOrder(List<Bytes> values) {
    Map<Long, List<Long>> byWriter =
        values.stream()
            .map(StoreClient::number)
            .collect(Collectors.groupingBy(number -> number / 1_000));
    assertThat(byWriter.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
  }

  /** Checks that a log has this number of records and that their positions strictly increase. */
  private static void assertIncreasing(List<LogRecord> records, int count) {
    assertThat(records).hasSize(count);
    for (int i = 1; i < count; i++) {
      assertThat(records.get(i).position()).isGreaterThan(records.get(i - 1).position());
    }
  }
}
