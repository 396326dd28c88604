package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/** Every decision has a stamp that agrees with what it has seen, and everything it wrote has it. */
interface StampContract extends UnderTest {
  /** A region. */
  Origin HERE = new Origin(0x8000_0001);

  @Test
  default void everythingThatADecisionWritesHasItsVersion() {
    RowKey owner = key("p", "owner");
    RowKey derived = new RowKey(new Space(9), bytes("q"), bytes("derived"));
    List<Write> writes =
        List.of(
            new Write.Put(owner, bytes("1")),
            new Write.Put(key("p", "other"), bytes("2")),
            new Write.Derive(owner, derived, Optional.of(bytes("3"))),
            new Write.Append(LOG, bytes("4")),
            new Write.Append(LOG, bytes("5")));
    store().transact(StoreClient.keysOf(writes), _ -> new Verdict<>("done", writes, HERE));
    client().append(LOG, bytes("another decision"));

    Version version = version(owner);
    assertThat(version.origin()).isEqualTo(HERE);
    assertThat(version.stamp()).isGreaterThan(Stamp.ZERO);
    assertThat(version(key("p", "other"))).isEqualTo(version);
    assertThat(version(derived)).isEqualTo(version);
    assertThat(client().rows(Range.OfSlice.all(SPACE)))
        .extracting(Row::version)
        .containsOnly(version);
    List<LogRecord> records = client().records(LOG);
    assertThat(records.subList(0, 2))
        .allSatisfy(record -> {
          assertThat(record.version()).isEqualTo(version);
          assertThat(record.stamp()).isEqualTo(version.stamp());
          assertThat(record.isReplicated()).isFalse();
        });
    Set<DecisionId> decisions =
        records.stream().map(LogRecord::decision).collect(Collectors.toSet());
    assertThat(decisions).as("two decisions").hasSize(2);
    assertThat(records.get(0).decision()).isEqualTo(records.get(1).decision());
  }

  @Test
  default void stampsOfARowIncreaseAlsoAfterItsDeletionARestartAndACrash() {
    Stamp last = Stamp.ZERO;
    for (int i = 0; i < 40; i++) {
      client().put("p", "s", "value " + i);
      Stamp stamp = version(key("p", "s")).stamp();
      assertThat(stamp).isGreaterThan(last);
      last = stamp;
      client().delete(key("p", "s"));
      if (i % 10 == 3) {
        fixture().reopen();
      } else if (i % 10 == 7) {
        fixture().crash();
      }
    }
  }

  @Test
  default void stampIsGreaterThanThoseOfAllRowsThatWereRead() throws Exception {
    List<RowKey> rows = List.of(key("a", ""), key("b", ""), key("c", ""));
    rows.forEach(row -> client().put(row, number(0)));
    Clients.run(
        6,
        client -> {
          for (int i = 0; i < 150; i++) {
            RowKey written = rows.get((client + i) % 3);
            Stamp seen = writtenFrom(rows, written);
            assertThat(version(written).stamp()).isGreaterThan(seen);
          }
        });
  }

  /** Writes one of several rows and returns the greatest stamp of those that it read. */
  private Stamp writtenFrom(List<RowKey> read, RowKey written) {
    return store()
        .transact(
            read,
            current -> {
              Stamp greatest =
                  read.stream()
                      .map(key -> current.row(key).orElseThrow().version().stamp())
                      .max(Stamp::compareTo)
                      .orElseThrow();
              return new Verdict<>(greatest, List.of(new Write.Put(written, number(1))));
            });
  }

  /** Whoever reads up to the floor has all that there will ever be below it. */
  @Test
  default void nothingAppearsAtOrBelowTheFloor() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Clients writers = new Clients()) {
      writers.start(
          4,
          client -> {
            for (int i = 0; i < 400; i++) {
              client().append(LOG, number(client * 1_000L + i));
            }
            done.set(true);
          });
      List<LogRecord> seen = new ArrayList<>();
      Stamp floor = Stamp.ZERO;
      while (!done.get()) {
        Position from = seen.isEmpty() ? Position.START : seen.getLast().position();
        List<LogRecord> more = client().records(LOG, from);
        Stamp before = floor;
        assertThat(more).allMatch(record -> record.stamp().compareTo(before) > 0);
        seen.addAll(more);
        Stamp next = store().floor();
        assertThat(next).isGreaterThanOrEqualTo(floor);
        // What was below the floor has become visible before it was asked for.
        client().records(LOG, from).stream().skip(more.size()).forEach(seen::add);
        floor = next;
      }
      writers.await();
    }
  }

  @Test
  default void floorFollowsTheClockWithoutWritesAndHoldsAfterARestart() {
    client().put("p", "s", "value");
    Stamp written = version(key("p", "s")).stamp();
    Stamp floor = store().floor();
    assertThat(floor).isGreaterThanOrEqualTo(written);
    assertThat(store().floor()).isGreaterThan(floor);

    Stamp last = store().floor();
    fixture().crash();
    assertThat(store().floor()).isGreaterThan(last);
    client().put("p", "later", "value");
    assertThat(version(key("p", "later")).stamp()).isGreaterThan(last);
  }

  private Version version(RowKey key) {
    return store().read(key, Consistency.STRONG).orElseThrow().version();
  }
}
