package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Slice;
import org.ostraka.storage.Space;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** Scans show the rows of a partition or of a slice of all partitions: each once, in order. */
interface ScanContract extends UnderTest {
  /** A row's place among {@link #writeSorted()}, for each of the sort parts. */
  List<Bytes> SORTS =
      List.of(
          Bytes.EMPTY,
          Bytes.of(0),
          Bytes.of(0, 0),
          Bytes.of(0, 255),
          Bytes.of(1),
          Bytes.of(127),
          Bytes.of(128),
          Bytes.of(255),
          Bytes.of(255, 0),
          Bytes.of(255, 255));

  @ParameterizedTest
  @EnumSource
  default void partitionIsShownInTheOrderOfItsSortBytes(Direction direction) {
    writeSorted();

    assertThat(sorts(Range.OfPartition.all(SPACE, bytes("p"), direction)))
        .isEqualTo(travelled(SORTS, direction));
  }

  @ParameterizedTest
  @EnumSource
  default void partitionIsShownFromABoundIncludedToABoundExcluded(Direction direction) {
    writeSorted();
    for (int from = 0; from < SORTS.size(); from++) {
      for (int to = from; to < SORTS.size(); to++) {
        Optional<Bytes> end = Optional.of(SORTS.get(to));
        assertThat(sorts(new Range.OfPartition(SPACE, bytes("p"), SORTS.get(from), end, direction)))
            .isEqualTo(travelled(SORTS.subList(from, to), direction));
      }
      assertThat(
              sorts(
                  new Range.OfPartition(
                      SPACE, bytes("p"), SORTS.get(from), Optional.empty(), direction)))
          .isEqualTo(travelled(SORTS.subList(from, SORTS.size()), direction));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void rangeThatEndsBeforeItBeginsIsEmpty(Direction direction) {
    writeSorted();
    Optional<Bytes> end = Optional.of(Bytes.of(1));

    assertThat(sorts(new Range.OfPartition(SPACE, bytes("p"), Bytes.of(128), end, direction)))
        .isEmpty();
    assertThat(sorts(Range.OfPartition.all(SPACE, bytes("absent"), direction))).isEmpty();
    assertThat(sorts(Range.OfPartition.all(new Space(99), bytes("p"), direction))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  default void partitionOfGreatBytesIsShownWhole(Direction direction) {
    List<RowKey> keys = new ArrayList<>(AwkwardKeys.all(store().limits()));
    keys.forEach(key -> client().put(key, bytes("value")));
    keys.sort(order());

    for (RowKey key : keys) {
      List<RowKey> mates =
          keys.stream().filter(other -> other.partition().equals(key.partition())).toList();
      assertThat(client().keys(Range.OfPartition.all(SPACE, key.partition(), direction)))
          .isEqualTo(travelled(mates, direction));
    }
  }

  private void writeSorted() {
    List<Write> writes = new ArrayList<>();
    for (Bytes partition : List.of(bytes("p"), bytes("o"), bytes("q"), bytes("pp"), Bytes.EMPTY)) {
      SORTS.forEach(s -> writes.add(new Write.Put(new RowKey(SPACE, partition, s), bytes("v"))));
    }
    client().write(writes.toArray(Write[]::new));
  }

  private List<Bytes> sorts(Range range) {
    return client().keys(range).stream().map(RowKey::sort).toList();
  }

  private static <T> List<T> travelled(List<T> forward, Direction direction) {
    return direction == Direction.FORWARD ? forward : forward.reversed();
  }

  @ParameterizedTest
  @EnumSource
  default void spaceIsShownInTheStoresOrder(Direction direction) {
    List<RowKey> expected = writeSpread();

    assertThat(client().keys(all(direction))).isEqualTo(travelled(expected, direction));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  default void slicesAreDisjointAndComplete(int slices) {
    List<RowKey> expected = writeSpread();

    List<RowKey> found = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      Slice slice = new Slice(i, slices);
      List<RowKey> rows =
          client().keys(new Range.OfSlice(SPACE, slice, Optional.empty(), Direction.FORWARD));
      assertThat(rows).allMatch(key -> order().sliceOf(key, slices) == slice.index());
      found.addAll(rows);
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  default void smallestSliceHoldsItsPartition(Direction direction) {
    writeSpread();
    for (Bytes partition : AwkwardKeys.neighbours(order())) {
      assertThat(client().keys(sliceOf(partition, Optional.empty(), direction)))
          .hasSize(2)
          .allMatch(key -> key.partition().equals(partition));
    }
  }

  /** Returns a slice so small that no other partition is in it. */
  private Range sliceOf(Bytes partition, Optional<RowKey> after, Direction direction) {
    int index = order().sliceOf(new RowKey(SPACE, partition, Bytes.EMPTY), Integer.MAX_VALUE);
    return new Range.OfSlice(SPACE, new Slice(index, Integer.MAX_VALUE), after, direction);
  }

  private static Range all(Direction direction) {
    return after(Optional.empty(), direction);
  }

  private static Range after(Optional<RowKey> after, Direction direction) {
    return new Range.OfSlice(SPACE, Slice.WHOLE, after, direction);
  }

  private ScanOrder order() {
    return store().scanOrder();
  }

  @ParameterizedTest
  @EnumSource
  default void scanGoesOnAfterAnyRow(Direction direction) {
    List<RowKey> expected = travelled(writeSpread(), direction);

    List<RowKey> found = new ArrayList<>();
    Optional<RowKey> last = Optional.empty();
    do {
      last = firstKey(after(last, direction));
      last.ifPresent(found::add);
    } while (last.isPresent() && found.size() <= expected.size());
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  default void scanGoesOnAfterAKeyThatIsGoneOrOutsideTheSlice(Direction direction) {
    List<RowKey> all = writeSpread();
    RowKey gone = all.get(all.size() / 2);
    client().delete(gone);
    List<RowKey> beyond =
        direction == Direction.FORWARD
            ? all.subList(all.size() / 2 + 1, all.size())
            : all.subList(0, all.size() / 2).reversed();

    assertThat(client().keys(after(Optional.of(gone), direction))).isEqualTo(beyond);
    for (RowKey outside : List.of(all.getFirst(), all.getLast())) {
      boolean before = outside.equals(all.getFirst()) == (direction == Direction.FORWARD);
      assertThat(client().keys(sliceOf(gone.partition(), Optional.of(outside), direction)))
          .hasSize(before ? 1 : 0);
    }
  }

  private Optional<RowKey> firstKey(Range range) {
    try (Cursor cursor = store().scan(range, Consistency.STRONG, Wanted.ALL)) {
      return cursor.next().map(Row::key);
    }
  }

  /**
   * Two rows each in many partitions, some of them neighbours, with other spaces on either side;
   * the keys in order.
   */
  private List<RowKey> writeSpread() {
    List<Bytes> partitions = new ArrayList<>(AwkwardKeys.neighbours(order()));
    for (int i = 0; i < 100; i++) {
      partitions.add(bytes("p" + i));
    }
    partitions.addAll(List.of(Bytes.EMPTY, Bytes.of(0), Bytes.of(255), Bytes.of(255, 255)));
    List<RowKey> keys = new ArrayList<>();
    for (Bytes partition : partitions) {
      keys.add(new RowKey(SPACE, partition, Bytes.EMPTY));
      keys.add(new RowKey(SPACE, partition, bytes("s")));
    }
    List<Write> writes = new ArrayList<>();
    for (RowKey key : keys) {
      for (long space : new long[] {SPACE.id() - 1, SPACE.id(), SPACE.id() + 1}) {
        RowKey moved = new RowKey(new Space(space), key.partition(), key.sort());
        writes.add(new Write.Put(moved, bytes("value")));
      }
    }
    client().write(writes.toArray(Write[]::new));
    keys.sort(order());
    return keys;
  }

  @Test
  default void cursorShowsNothingMoreAfterItsEnd() {
    client().put("p", "s", "value");
    try (Cursor cursor = store().scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL)) {
      assertThat(cursor.next()).isPresent();
      assertThat(cursor.next()).isEmpty();
      assertThat(cursor.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  default void rowThatExistsThroughoutAScanIsShownOnceWhileWritersAreBusy(Direction direction)
      throws Exception {
    int lasting = 200;
    List<Write> first = new ArrayList<>();
    for (int i = 0; i < lasting; i++) {
      first.add(new Write.Put(lasting(i), number(0)));
    }
    client().write(first.toArray(Write[]::new));
    AtomicBoolean done = new AtomicBoolean();
    try (Clients writers = new Clients()) {
      writers.start(4, writer -> keepWriting(writer, lasting, done));
      for (int scan = 0; scan < rounds(40); scan++) {
        assertScanIsRight(lasting, direction);
      }
      done.set(true);
      writers.await();
    }
  }

  private static RowKey lasting(int number) {
    return key("p" + number % 20, "lasting" + number);
  }

  /** Increments rows that stay, and puts and deletes other rows between them. */
  private void keepWriting(int writer, int lasting, AtomicBoolean done) {
    StoreClient client = client();
    for (int i = 0; !done.get(); i++) {
      int number = (i * 4 + writer) % lasting;
      long count = number(client.read(lasting(number)).orElseThrow());
      RowKey passing = key("p" + i % 20, "passing" + writer + i % 50);
      boolean comes = i % 100 < 50;
      client.write(
          new Write.Put(lasting(number), number(count + 1)),
          comes ? new Write.Put(passing, number(i)) : new Write.Delete(passing));
    }
  }

  private void assertScanIsRight(int lasting, Direction direction) {
    Map<RowKey, Long> before = counts(lasting);
    List<Row> rows = client().rows(all(direction));

    List<RowKey> keys = rows.stream().map(Row::key).toList();
    assertThat(travelled(keys, direction)).isSortedAccordingTo(order());
    assertThat(keys).doesNotHaveDuplicates().containsAll(before.keySet());
    Map<RowKey, Long> after = counts(lasting);
    for (Row row : rows) {
      if (before.containsKey(row.key())) {
        assertThat(number(row.value())).isBetween(before.get(row.key()), after.get(row.key()));
      }
    }
  }

  /** Returns what the lasting rows count now. */
  private Map<RowKey, Long> counts(int lasting) {
    List<RowKey> keys = IntStream.range(0, lasting).mapToObj(ScanContract::lasting).toList();
    List<Optional<Row>> rows = store().read(keys, Consistency.STRONG);
    Map<RowKey, Long> counts = new HashMap<>();
    rows.forEach(row -> counts.put(row.orElseThrow().key(), number(row.orElseThrow().value())));
    return counts;
  }
}
