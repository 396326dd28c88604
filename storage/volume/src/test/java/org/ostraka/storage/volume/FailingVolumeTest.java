package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** What callers learn when the volume, the memory or the committer fails: always something. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailingVolumeTest {
  private static final Space SPACE = new Space(1);
  private static final LogId LOG = new LogId(new Space(2));
  private static final RowKey KEY = new RowKey(SPACE, Bytes.of(1), Bytes.EMPTY);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Throwable> stops = new ArrayList<>();

  @AfterEach
  void endCallers() {
    callers.shutdownNow();
  }

  @Test
  void errorWhileABatchIsBuiltRefusesItAndTheStoreGoesOn() {
    TurnstileSteps reads = new TurnstileSteps(MemoryVolume.Step.READ).opened();
    try (VolumeStore store = store(reads)) {
      for (Throwable failure :
          List.of(new OutOfMemoryError("a test's"), new IllegalStateException("a test's"))) {
        reads.failNext(failure);
        assertThatThrownBy(() -> append(store, "lost"))
            .isInstanceOf(StorageFailedException.class)
            .hasCause(failure);
      }
      append(store, "kept");
      assertThat(store.readLog(LOG, Position.START, 10, Long.MAX_VALUE).records())
          .singleElement()
          .satisfies(record -> assertThat(record.position()).isEqualTo(new Position(1)));
      assertThat(stops).isEmpty();
    }
  }

  @Test
  void damageMetWhileABatchIsBuiltIsToldAsDamage() {
    TurnstileSteps reads = new TurnstileSteps(MemoryVolume.Step.READ).opened();
    try (VolumeStore store = store(reads)) {
      reads.failNext(new CorruptDataException("a log's end is damaged"));
      assertThatThrownBy(() -> append(store, "lost")).isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void positionsThatDidNotBecomeDurableAreGivenOutAgain() {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE).opened();
    try (VolumeStore store = store(writes)) {
      append(store, "first");
      writes.failNext(new VolumeFullException("full"));
      assertThatThrownBy(() -> append(store, "lost")).isInstanceOf(StorageFailedException.class);
      append(store, "second");
      assertThat(store.readLog(LOG, Position.START, 10, Long.MAX_VALUE).records())
          .extracting(record -> record.position().value())
          .containsExactly(1L, 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failedCommitIsUnknownToItsCallerAndRefusedToTheNext(boolean error) throws Throwable {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE);
    Throwable failure = error ? new NoClassDefFoundError("a test's") : new RuntimeException("bad");
    try (VolumeStore store = store(writes)) {
      Future<Object> first = call(() -> put(store, "first"));
      writes.awaitArrival();
      CountDownLatch decided = new CountDownLatch(1);
      Future<Object> second = call(() -> putAfter(store, decided));
      decided.await();
      writes.failNext(failure);
      writes.letThrough();

      assertThatThrownBy(() -> result(first)).isInstanceOf(OutcomeUnknownException.class);
      assertThatThrownBy(() -> result(second)).isInstanceOf(StorageFailedException.class);
      assertThatThrownBy(() -> put(store, "later")).isInstanceOf(StorageFailedException.class);
    }
    assertThat(stops).containsExactly(failure);
  }

  @Test
  void failStopMayCloseTheStore() throws Throwable {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE).opened();
    CountDownLatch closed = new CountDownLatch(1);
    List<VolumeStore> itself = new ArrayList<>();
    VolumeStore store =
        new VolumeStore(
            new MemoryVolume(writes),
            new HybridClock(InstantSource.system()),
            Thread::new,
            _ -> {
              itself.getFirst().close();
              closed.countDown();
            });
    itself.add(store);
    writes.failNext(new RuntimeException("bad"));
    assertThatThrownBy(() -> put(store, "first")).isInstanceOf(OutcomeUnknownException.class);
    closed.await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "refusal", "error"})
  void whatWasLearntFromALostWriteIsNotTold(String way) throws Throwable {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE);
    try (VolumeStore store = store(writes)) {
      Future<Object> write = call(() -> put(store, "lost"));
      writes.awaitArrival();
      CountDownLatch seen = new CountDownLatch(1);
      Future<Object> reader = call(() -> learn(store, way, seen));
      seen.await();
      writes.failNext(new VolumeFullException("full"));
      writes.letThrough();

      assertThatThrownBy(() -> result(write)).isInstanceOf(StorageFailedException.class);
      assertThatThrownBy(() -> result(reader)).isInstanceOf(StorageFailedException.class);
      assertThat(store.read(KEY, Consistency.STRONG)).isEmpty();
      writes.opened();
      assertThat(put(store, "kept")).isEqualTo(Optional.empty());
    }
  }

  @Test
  void decisionOnALostWriteIsLostAsWell() throws Throwable {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE);
    try (VolumeStore store = store(writes)) {
      Future<Object> first = call(() -> put(store, "first"));
      writes.awaitArrival();
      CountDownLatch decided = new CountDownLatch(1);
      Future<Object> second = call(() -> putAfter(store, decided));
      decided.await();
      writes.failNext(new VolumeFullException("full"));
      writes.opened();

      assertThatThrownBy(() -> result(first)).isInstanceOf(StorageFailedException.class);
      assertThatThrownBy(() -> result(second)).isInstanceOf(StorageFailedException.class);
      assertThat(store.read(KEY, Consistency.STRONG)).isEmpty();
    }
  }

  @Test
  void writersBeyondTheQueueWaitForRoomAndAllAreServed() throws Throwable {
    TurnstileSteps writes = new TurnstileSteps(MemoryVolume.Step.WRITE);
    Bytes megabyte = Bytes.wrap(new byte[1 << 20]);
    try (VolumeStore store = store(writes)) {
      List<Future<Object>> all = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        RowKey key = new RowKey(SPACE, Bytes.of(i), Bytes.EMPTY);
        all.add(call(() -> put(store, key, megabyte)));
      }
      writes.awaitArrival();
      writes.opened();
      for (Future<Object> one : all) {
        assertThat(result(one)).isEqualTo(Optional.empty());
      }
    }
  }

  @Test
  void interruptedCallerIsAnsweredAndStaysInterrupted() throws Throwable {
    try (VolumeStore store = store(MemoryVolume.Steps.SOUND)) {
      Future<Object> caller =
          call(() -> {
            Thread.currentThread().interrupt();
            put(store, "value");
            return Thread.currentThread().isInterrupted();
          });
      assertThat(result(caller)).isEqualTo(true);
      assertThat(store.read(KEY, Consistency.STRONG)).isPresent();
    }
  }

  private VolumeStore store(MemoryVolume.Steps steps) {
    return new VolumeStore(
        new MemoryVolume(steps), new HybridClock(InstantSource.system()), Thread::new, stops::add);
  }

  private Future<Object> call(Callable<Object> call) {
    return callers.submit(call);
  }

  private static Object result(Future<Object> future) throws Throwable {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw failure.getCause();
    }
  }

  private static Object put(VolumeStore store, String value) {
    return put(store, KEY, bytes(value));
  }

  private static Object put(VolumeStore store, RowKey key, Bytes value) {
    return store.transact(
        List.of(key), rows -> new Verdict<>(rows.row(key), List.of(new Write.Put(key, value))));
  }

  private static Object putAfter(VolumeStore store, CountDownLatch decided) {
    return store.transact(
        List.of(KEY),
        rows -> {
          Optional<Row> old = rows.row(KEY);
          decided.countDown();
          return new Verdict<>(old, List.of(new Write.Put(KEY, bytes("second"))));
        });
  }

  private static Object learn(VolumeStore store, String way, CountDownLatch seen) {
    return store.transact(
        List.of(KEY),
        rows -> {
          Optional<Row> row = rows.row(KEY);
          seen.countDown();
          return switch (way) {
            case "answer" -> Verdict.unchanged(row);
            case "refusal" -> throw new IllegalStateException("told " + row);
            default -> throw new AssertionError("told " + row);
          };
        });
  }

  private static void append(VolumeStore store, String record) {
    store.transact(
        List.of(KEY), _ -> new Verdict<>(true, List.of(new Write.Append(LOG, bytes(record)))));
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
