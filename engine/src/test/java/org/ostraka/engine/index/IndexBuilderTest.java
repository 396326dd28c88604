package org.ostraka.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/** Indexes that are added to tables which have items, and are written meanwhile. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IndexBuilderTest {
  private static final String TABLE = "votes";
  private static final int ITEMS = 20;
  private static final int WRITERS = 8;
  private static final int KEYS = 200;
  private static final int BUILDS = 8;
  private static final List<AttributeDefinition> DEFINITIONS =
      List.of(new AttributeDefinition("state", ScalarType.S));
  private static final NewIndex BY_STATE =
      new NewIndex(
          "by-state",
          List.of(new KeySchemaElement("state", KeyType.HASH)),
          "ALL",
          null,
          null,
          null);
  private static final GlobalIndexUpdate ADD = new GlobalIndexUpdate(BY_STATE, null, null);
  private static final GlobalIndexUpdate REMOVE =
      new GlobalIndexUpdate(null, null, BY_STATE.name());

  /** Lets so many steps of a volume happen once it is armed, and none after them. Any thread. */
  private static final class Steps implements MemoryVolume.Steps {
    private long left = Long.MAX_VALUE;

    synchronized void arm(int steps) {
      left = steps;
    }

    @Override
    public synchronized void before(MemoryVolume.Step step) {
      if (left <= 0) {
        throw new StorageFailedException("the volume fails from here on");
      }
      left--;
    }
  }

  @Test
  void aBuildingGoesOnWhereverItWasCutShort() {
    boolean cut = true;
    for (int steps = 0; cut; steps++) {
      Steps failing = new Steps();
      TestEngine engine = filled(new MemoryVolume(failing));
      failing.arm(steps);
      cut = isCut(engine);
      TestEngine after = engine.afterCrash(steps % 2, MemoryVolume.Steps.SOUND);
      assertThat(after.check().named()).isEmpty();
      after.builder(ITEMS).run(IndexBuilder.Pace.UNBROKEN);
      after.catalogue().maintain();
      verifyFollows(after, cut);
    }
  }

  /** Adds an index; true when the volume fails meanwhile. */
  private static boolean isCut(TestEngine engine) {
    try {
      engine.updateIndexes(TABLE, DEFINITIONS, ADD);
      engine.builder(3).run(IndexBuilder.Pace.UNBROKEN);
      return false;
    } catch (StorageException _) {
      return true;
    }
  }

  /** Whoever was told of a failure may find the index there or not, but never half of it. */
  private static void verifyFollows(TestEngine engine, boolean mayBeAbsent) {
    boolean added = !engine.describe(TABLE).globalIndexes().isEmpty();
    assertThat(added || mayBeAbsent).isTrue();
    if (added) {
      assertThat(engine.size(TABLE).ofIndex(new IndexName(BY_STATE.name())).itemCount())
          .isEqualTo(ITEMS);
    }
    engine.close();
    assertThat(engine.check().named()).isEmpty();
  }

  @Test
  void anIndexThatHasTheNameOfAnEarlierOneIsCountedAlone() {
    TestEngine engine = filled(new MemoryVolume(MemoryVolume.Steps.SOUND));
    engine.updateIndexes(TABLE, DEFINITIONS, ADD);
    engine.builder(ITEMS).run(IndexBuilder.Pace.UNBROKEN);
    engine.updateIndexes(TABLE, DEFINITIONS, REMOVE);
    engine.updateIndexes(TABLE, DEFINITIONS, ADD);
    TestEngine after = engine.afterCrash(0, MemoryVolume.Steps.SOUND);
    after.builder(ITEMS).run(IndexBuilder.Pace.UNBROKEN);
    verifyFollows(after, false);
  }

  @Test
  void aStepThatMeetsTheEndOfItsIndexLeavesNothing() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    TestEngine engine =
        filled(
            new MemoryVolume(step -> {
              if (step == MemoryVolume.Step.READ) {
                meanwhile.getAndSet(() -> {}).run();
              }
            }));
    engine.updateIndexes(TABLE, DEFINITIONS, ADD);
    IndexBuilder builder = engine.builder(3);
    builder.run(TestEngine.ONE_STEP);
    meanwhile.set(() -> engine.updateIndexes(TABLE, DEFINITIONS, REMOVE));
    builder.run(IndexBuilder.Pace.UNBROKEN);
    assertThat(engine.describe(TABLE).globalIndexes()).isEmpty();
    engine.close();
    assertThat(engine.check().named()).isEmpty();
  }

  @Test
  void aTableThatCannotBeReadDoesNotKeepTheIndexesOfOthers() {
    TestEngine engine = filled(new MemoryVolume(MemoryVolume.Steps.SOUND));
    String broken = "a-broken-one";
    engine.create(broken);
    RowKey row =
        new RowKey(engine.space(broken), Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[0]));
    engine
        .store()
        .transact(
            List.of(row),
            _ -> new Verdict<>(row, List.of(new Write.Put(row, Bytes.wrap(new byte[] {1})))));
    engine.updateIndexes(broken, DEFINITIONS, ADD);
    engine.updateIndexes(TABLE, DEFINITIONS, ADD);
    assertThatThrownBy(() -> engine.builder(3).run(IndexBuilder.Pace.UNBROKEN))
        .isInstanceOf(CorruptDataException.class);
    assertThat(engine.describe(TABLE).globalIndexes().getFirst().status())
        .isEqualTo(IndexStatus.ACTIVE);
    assertThat(engine.describe(broken).globalIndexes().getFirst().status())
        .isEqualTo(IndexStatus.CREATING);
    engine.close();
  }

  /** A table with items in a new engine. */
  private static TestEngine filled(MemoryVolume volume) {
    TestEngine engine = new TestEngine(volume, new ManualClock(TestEngine.START), Duration.ZERO);
    engine.create(TABLE);
    for (int i = 0; i < ITEMS; i++) {
      engine.put(TABLE, item(i, "open"));
    }
    engine.catalogue().maintain();
    return engine;
  }

  @Test
  void whatIsWrittenDuringABuildingIsInTheIndexAsItIsInTheTable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    TestEngine engine = new TestEngine();
    engine.create(TABLE);
    Semaphore written = new Semaphore(0);
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        RandomGenerator own = random.branch(writer);
        writers.add(threads.submit(() -> write(engine, own, written)));
      }
      try {
        buildAgainAndAgain(engine, written);
      } finally {
        threads.shutdownNow();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    engine.close();
    assertThat(engine.check().named()).isEmpty();
  }

  /** Ends with an index that is complete, and after each index with a check of what is there. */
  private static void buildAgainAndAgain(TestEngine engine, Semaphore written)
      throws InterruptedException {
    for (int build = 0; build < BUILDS; build++) {
      if (build > 0) {
        engine.updateIndexes(TABLE, DEFINITIONS, REMOVE);
        engine.catalogue().maintain();
      }
      written.drainPermits();
      written.acquire(KEYS);
      engine.updateIndexes(TABLE, DEFINITIONS, ADD);
      IndexBuilder builder = engine.builder(20);
      if (build % 3 == 1) {
        builder.run(TestEngine.ONE_STEP);
      } else {
        builder.run(IndexBuilder.Pace.UNBROKEN);
        written.acquire(KEYS);
      }
    }
  }

  private static void write(TestEngine engine, RandomGenerator random, Semaphore written) {
    while (!Thread.currentThread().isInterrupted()) {
      int key = random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        engine.deleteItem(TABLE, Integer.toString(key));
      } else {
        engine.put(TABLE, item(key, List.of("open", "closed", "void").get(random.nextInt(3))));
      }
      written.release();
    }
  }

  private static Item item(int key, String state) {
    return new Item(
        Map.of(
            "id",
            new AttributeValue.S(Integer.toString(key)),
            "state",
            new AttributeValue.S(state)));
  }
}
