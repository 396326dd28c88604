package org.ostraka.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** Requests on rows that are known to be much work leave shared threads before they read. */
final class HeavyRowsTest {
  private static final int LARGE = 400_000;
  private static final RowKey KEY = key(1);
  private static final String TABLE = "items";

  private final HeavyRows rows = new HeavyRows();

  @Test
  void nothingIsExpectedOfRowsThatWereNeverLarge() {
    onSharedThread().found(KEY, 20_000);
    onSharedThread().expect(KEY);
    assertThat(rows.work(KEY)).isZero();
  }

  @Test
  void severalLargeRowsAreTooMuchBeforeTheyAreRead() {
    List<RowKey> keys = IntStream.range(0, 10).mapToObj(HeavyRowsTest::key).toList();
    keys.forEach(key -> onSharedThread().found(key, LARGE));
    Allowance allowance = onSharedThread();
    keys.subList(0, 5).forEach(allowance::expect);
    assertThatThrownBy(() -> allowance.expect(keys.get(5)))
        .isInstanceOf(TooMuchWorkException.class);
    Allowance own = Allowance.onOwnThread(Room.ENDLESS, Room.ENDLESS, rows);
    keys.forEach(own::expect);
  }

  @Test
  void readingWhatWasExpectedIsCountedOnce() {
    onSharedThread().found(KEY, LARGE);
    Allowance allowance = onSharedThread();
    allowance.expect(KEY);
    allowance.compute(LARGE / Allowance.READ_BYTES_PER_UNIT);
    allowance.compute(Allowance.SHARED_THREAD_WORK - LARGE / Allowance.READ_BYTES_PER_UNIT - 1);
  }

  @Test
  void aRowThatWasTooMuchWorkIsSoAtOnceUntilItIsLittleWork() {
    Allowance first = onSharedThread();
    first.found(KEY, LARGE);
    assertThatThrownBy(() -> first.compute(10_000)).isInstanceOf(TooMuchWorkException.class);
    assertThatThrownBy(() -> onSharedThread().expect(KEY)).isInstanceOf(TooMuchWorkException.class);

    doOnOwnThread(10_000);
    assertThatThrownBy(() -> onSharedThread().expect(KEY)).isInstanceOf(TooMuchWorkException.class);
    doOnOwnThread(10);
    onSharedThread().expect(KEY);
  }

  @Test
  void aRowThatHasBecomeSmallIsForgotten() {
    onSharedThread().found(KEY, LARGE);
    Allowance allowance = onSharedThread();
    allowance.expect(KEY);
    allowance.found(KEY, 100);
    assertThat(rows.work(KEY)).isZero();
  }

  @Test
  void aBatchOfKnownLargeItemsIsNotReadOnASharedThread() {
    AtomicInteger reads = new AtomicInteger();
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    ManualClock clock = new ManualClock(TestEngine.START);
    Store store = counting(TestEngine.store(volume, clock), reads);
    try (TestEngine engine = TestEngine.over(volume, clock, store)) {
      engine.create(TABLE);
      IntStream.range(0, 10).forEach(i -> engine.put(TABLE, largeItem(i)));
      BatchGetItem.Request request = batchOfTen();
      var handler = engine.operations().batchGetItem();
      Runnable read = () -> handler.handle(TestEngine.CALLER, request, onSharedThread());
      assertThatThrownBy(read::run).isInstanceOf(TooMuchWorkException.class);
      int first = reads.get();
      assertThatThrownBy(read::run).isInstanceOf(TooMuchWorkException.class);
      assertThat(reads).hasValue(first);
    }
  }

  private void doOnOwnThread(int units) {
    Allowance own = Allowance.onOwnThread(Room.ENDLESS, Room.ENDLESS, rows);
    own.expect(KEY);
    own.found(KEY, LARGE);
    own.compute(units);
    own.done();
  }

  private Allowance onSharedThread() {
    return Allowance.onSharedThread(Room.ENDLESS, Room.ENDLESS, rows);
  }

  private static Item largeItem(int number) {
    return new Item(
        Map.of(
            "id", new AttributeValue.S(Integer.toString(number)),
            "text", new AttributeValue.S("x".repeat(LARGE))));
  }

  private static BatchGetItem.Request batchOfTen() {
    List<Item> keys =
        IntStream.range(0, 10)
            .mapToObj(i -> new Item(Map.of("id", new AttributeValue.S(Integer.toString(i)))))
            .toList();
    return new BatchGetItem.Request(
        List.of(new BatchGetItem.KeysOfTable(TABLE, keys, null, null, null, null, null)),
        ReturnConsumedCapacity.NONE);
  }

  /** Returns the store, with a count of the reads of several rows. */
  private static Store counting(Store store, AtomicInteger reads) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("read") && arguments[0] instanceof List<?>) {
                reads.incrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static RowKey key(int number) {
    return new RowKey(new Space(77), Bytes.of(number), Bytes.EMPTY);
  }
}
