package org.ostraka.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** Writes that depend on the item, many at once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConditionalWriteTest {
  private static final String TABLE = "votes";
  private static final WriteCondition IF_NEW =
      new WriteCondition("attribute_not_exists(id)", null, null, Substitutions.NONE, true);
  private static final WriteCondition ADD_ONE =
      new WriteCondition(
          null,
          null,
          null,
          new Substitutions(null, Map.of(":one", new AttributeValue.N(BigDecimal.ONE))),
          false);

  @Test
  void ofManyFirstWritersExactlyOneWins() throws Exception {
    int writers = 32;
    int keys = 200;
    try (TestEngine engine = new TestEngine()) {
      engine.create(TABLE);
      CyclicBarrier together = new CyclicBarrier(writers);
      List<List<Boolean>> won =
          all(
              writers,
              writer -> {
                List<Boolean> outcomes = new ArrayList<>();
                for (int key = 0; key < keys; key++) {
                  together.await();
                  outcomes.add(putsFirst(engine, "voter-" + key, writer));
                }
                return outcomes;
              });

      for (int key = 0; key < keys; key++) {
        int each = key;
        List<Integer> winners =
            IntStream.range(0, writers).filter(w -> won.get(w).get(each)).boxed().toList();
        assertThat(winners).hasSize(1);
        assertThat(update(engine, "voter-" + key, null, ReturnValues.ALL_NEW))
            .isEqualTo(item("voter-" + key, winners.getFirst()));
      }
    }
  }

  @Test
  void aCounterLosesNoAdditionAndShowsEachValueOnce() throws Exception {
    int threads = 16;
    int additions = 500;
    try (TestEngine engine = new TestEngine()) {
      engine.create(TABLE);
      List<List<Integer>> seen =
          all(
              threads,
              _ -> {
                List<Integer> values = new ArrayList<>();
                for (int i = 0; i < additions; i++) {
                  values.add(number(update(engine, "c", "ADD n :one", ReturnValues.UPDATED_NEW)));
                }
                return values;
              });

      assertThat(seen).allSatisfy(values -> assertThat(values).isSorted());
      assertThat(seen.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, threads * additions).boxed().toList());
      assertThat(number(update(engine, "c", null, ReturnValues.ALL_NEW)))
          .isEqualTo(threads * additions);
    }
  }

  @Test
  void aConditionThatFailsOnAnItemThatIsNotYetDurableIsToldWhenItIs() throws Exception {
    HeldSync sync = new HeldSync();
    ManualClock clock = new ManualClock(TestEngine.START);
    try (TestEngine engine = new TestEngine(new MemoryVolume(sync), clock, Duration.ZERO)) {
      engine.create(TABLE);
      sync.hold = true;
      FutureTask<Boolean> first = new FutureTask<>(() -> putsFirst(engine, "voter", 1));
      Thread.ofPlatform().start(first);
      sync.reached.await();

      FutureTask<Boolean> second =
          new FutureTask<>(() -> {
            put(engine, "voter", 2);
            return true;
          });
      Thread waiting = Thread.ofPlatform().start(second);
      while (waiting.getState() != Thread.State.WAITING && !second.isDone()) {
        Thread.onSpinWait();
      }
      assertThat(second.isDone()).isFalse();
      assertThat(first.isDone()).isFalse();

      sync.released.countDown();
      assertThat(first.get()).isTrue();
      assertThatThrownBy(second::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ConditionalCheckFailedException.class,
              failure -> assertThat(failure.item()).contains(item("voter", 1)));
    }
  }

  /** Holds syncs up from when it is told to, until they are released. Any thread. */
  private static final class HeldSync implements MemoryVolume.Steps {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hold;

    @Override
    public void before(MemoryVolume.Step step) {
      if (hold && step == MemoryVolume.Step.SYNC) {
        reached.countDown();
        try {
          released.await();
        } catch (InterruptedException interrupted) {
          throw new AssertionError("nobody came", interrupted);
        }
      }
    }
  }

  /** What a number of threads do at once, told their numbers from zero. */
  private interface Work<T> {
    T call(int thread) throws Exception;
  }

  private static <T> List<T> all(int threads, Work<T> work) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        calls.add(() -> work.call(thread));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  private boolean putsFirst(TestEngine engine, String id, int number) {
    try {
      put(engine, id, number);
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private void put(TestEngine engine, String id, int number) {
    engine
        .operations()
        .putItem()
        .handle(
            TestEngine.CALLER,
            new PutItem.Request(
                TABLE,
                item(id, number),
                IF_NEW,
                ReturnValues.NONE,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE));
  }

  private Item update(
      TestEngine engine, String id, @Nullable String expression, ReturnValues wish) {
    UpdateItem.Response response =
        engine
            .operations()
            .updateItem()
            .handle(
                TestEngine.CALLER,
                new UpdateItem.Request(
                    TABLE,
                    new Item(Map.of("id", new AttributeValue.S(id))),
                    expression,
                    null,
                    expression == null ? WriteCondition.NONE : ADD_ONE,
                    wish,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE));
    return Objects.requireNonNull(response.attributes());
  }

  private static Item item(String id, int number) {
    return new Item(
        Map.of(
            "id", new AttributeValue.S(id), "n", new AttributeValue.N(BigDecimal.valueOf(number))));
  }

  private static int number(Item item) {
    return ((AttributeValue.N) item.attributes().get("n")).value().intValueExact();
  }
}
