package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** A decision counts only if the rows that it rests on are as it expects them. */
interface GuardContract extends UnderTest {
  RowKey GUARDED = key("guarded", "");
  RowKey WRITTEN = key("p", "s");

  @Test
  default void decisionCountsWhileItsGuardHolds() {
    assertThatCode(() -> put(absent(), "no row yet")).doesNotThrowAnyException();
    client().put(GUARDED, bytes("1"));
    assertThatCode(() -> put(current(), "a row")).doesNotThrowAnyException();
    assertThat(client().read(WRITTEN)).contains(bytes("a row"));
  }

  @Test
  default void decisionWritesNothingWhenItsGuardHasAnotherVersion() {
    client().put(GUARDED, bytes("1"));
    Guard old = current();
    put(old, "before");
    client().put(GUARDED, bytes("1"));
    assertMismatch(old);
    assertMismatch(absent());

    Guard next = current();
    client().delete(GUARDED);
    assertMismatch(next);
    put(absent(), "after");

    fixture().reopen();
    put(absent(), "after the restart");
    client().put(GUARDED, bytes("2"));
    assertMismatch(absent());
    fixture().crash();
    assertMismatch(absent());
    assertThat(client().read(WRITTEN)).contains(bytes("after the restart"));
  }

  private void assertMismatch(Guard guard) {
    assertThatThrownBy(() -> put(guard, "meanwhile"))
        .isInstanceOfSatisfying(
            GuardMismatchException.class,
            mismatch -> assertThat(mismatch.key()).isEqualTo(GUARDED));
  }

  @Test
  default void mismatchIsReportedInsteadOfAnAnswerOrARefusal() {
    client().put(GUARDED, bytes("1"));

    assertThatThrownBy(() ->
            store()
                .transact(List.of(WRITTEN), List.of(absent()), _ -> Verdict.unchanged("an answer")))
        .isInstanceOf(GuardMismatchException.class);
    assertThatThrownBy(() ->
            store()
                .transact(
                    List.of(WRITTEN),
                    List.of(absent()),
                    _ -> {
                      throw new IllegalStateException("a refusal");
                    }))
        .isInstanceOf(GuardMismatchException.class);
  }

  @Test
  default void decisionMayWriteWhatItGuards() {
    client().put(GUARDED, bytes("1"));
    Guard guard = current();
    store()
        .transact(
            List.of(GUARDED),
            List.of(guard),
            _ -> new Verdict<>("done", List.of(new Write.Put(GUARDED, bytes("2")))));

    assertMismatch(guard);
    assertThat(client().read(GUARDED)).contains(bytes("2"));
  }

  /**
   * The guarded row says which row may be counted up; it changes all the time. No count goes to a
   * row after the guarded row has moved on.
   */
  @Test
  default void noDecisionGetsPastAGuardThatChangesAtTheSameTime() throws Exception {
    int changes = 200;
    client().put(GUARDED, number(0));
    AtomicInteger changesLeft = new AtomicInteger(changes);
    try (Clients busy = new Clients()) {
      busy.start(
          4,
          _ -> {
            while (changesLeft.get() > 0) {
              countUp();
            }
          });
      for (int i = 1; i <= changes; i++) {
        close(i - 1);
        changesLeft.decrementAndGet();
      }
      busy.await();
    }
    for (int i = 0; i < changes; i++) {
      assertThat(client().read(counter(i))).isEqualTo(client().read(closing(i)));
    }
  }

  /** Counts up the row that the guarded row names, or does nothing when that has changed. */
  private void countUp() {
    Row guarded = guarded();
    RowKey counter = counter(number(guarded.value()));
    try {
      store()
          .transact(
              List.of(counter),
              List.of(new Guard(GUARDED, Optional.of(guarded.version()))),
              rows -> {
                long count = rows.row(counter).map(Row::value).map(StoreClient::number).orElse(0L);
                return new Verdict<>("", List.of(new Write.Put(counter, number(count + 1))));
              });
    } catch (GuardMismatchException _) {
      // Another row is to be counted up.
    }
  }

  /** Names the next row, and notes what the last one has come to. */
  private void close(long number) {
    RowKey counter = counter(number);
    RowKey closing = closing(number);
    store()
        .transact(
            List.of(GUARDED, counter, closing),
            rows -> {
              Optional<Row> last = rows.row(counter);
              Write next = new Write.Put(GUARDED, number(number + 1));
              return new Verdict<>(
                  "",
                  last.map(row -> List.of(next, new Write.Put(closing, row.value())))
                      .orElse(List.of(next)));
            });
  }

  private static RowKey counter(long number) {
    return key("counter", Long.toString(number));
  }

  private static RowKey closing(long number) {
    return key("closing", Long.toString(number));
  }

  private void put(Guard guard, String value) {
    store()
        .transact(
            List.of(WRITTEN),
            List.of(guard),
            _ -> new Verdict<>("done", List.of(new Write.Put(WRITTEN, bytes(value)))));
  }

  private Row guarded() {
    return store().read(GUARDED, Consistency.STRONG).orElseThrow();
  }

  private Guard current() {
    return new Guard(GUARDED, Optional.of(guarded().version()));
  }

  private static Guard absent() {
    return new Guard(GUARDED, Optional.empty());
  }
}
