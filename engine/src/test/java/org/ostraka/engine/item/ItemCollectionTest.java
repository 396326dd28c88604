package org.ostraka.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/** The sizes of item collections, and their limit. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ItemCollectionTest {
  private static final String TABLE = "votes";
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("p", ScalarType.S),
          Optional.of(new AttributeDefinition("s", ScalarType.N)));

  private static final int WRITERS = 16;
  private static final int WRITES = 150;
  private static final int ITEMS = 40;
  private static final int CRASHES = 20;

  @Test
  void aCollectionIsItsItemsAndTheirLocalEntries() {
    try (TestEngine engine = engine(1_000)) {
      assertThat(size(engine, "a")).isEmpty();
      apply(engine, put("a", 1, 10, false));
      assertThat(size(engine, "a")).hasValue(2L + 3 + 1 + 10);
      apply(engine, put("a", 2, 10, true), put("b", 2, 10, false));
      // The second item has "l" as well, and so an entry without "v".
      assertThat(size(engine, "a")).hasValue(2L * (2 + 3 + 1 + 10) + 2 + (2 + 3 + 2));
      assertThat(size(engine, "b")).hasValue(2L + 3 + 1 + 10);
      apply(engine, delete("a", 1));
      apply(engine, delete("a", 2), delete("a", 3));
      assertThat(size(engine, "a")).isEmpty();
      assertClean(engine);
    }
  }

  @Test
  void tablesWithoutLocalIndexesHaveNoCollections() {
    try (TestEngine engine = new TestEngine()) {
      engine.create(TABLE, KEY);
      try (TableUse table =
          engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn(TABLE))) {
        assertThat(table.collections()).isEmpty();
        assertThat(put("a", 1, 1, false).on(table).keys()).hasSize(1);
      }
    }
  }

  @Test
  void anOverfullCollectionShrinksAndDoesNotGrow() {
    EngineSettings small = EngineSettings.DEFAULT.withCollectionLimitBytes(20);
    try (TestEngine roomy = engine(1_000)) {
      apply(roomy, put("a", 1, 10, true), put("a", 2, 10, false));
      try (TestEngine engine = roomy.restart(small)) {
        assertRefused(engine, put("a", 3, 0, false));
        assertRefused(engine, put("a", 1, 11, true));
        assertRefused(engine, put("a", 3, 0, false), put("a", 2, 6, false));
        apply(engine, put("a", 1, 10, true));
        apply(engine, put("a", 2, 9, false));
        apply(engine, put("a", 3, 0, false), delete("a", 1));
        assertThat(size(engine, "a")).hasValue(2L + 3 + 1 + 9 + 2 + 3 + 1);
        apply(engine, delete("a", 2));
        apply(engine, put("a", 3, 14, false));
        assertThat(size(engine, "a")).hasValue(20L);
        assertRefused(engine, put("a", 3, 15, false));
        assertClean(engine);
      }
    }
  }

  @Test
  void manyWritersOfOneCollectionLeaveItsExactSize(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    try (TestEngine engine = engine(Long.MAX_VALUE)) {
      List<Integer> refused = write(engine, random);
      assertThat(refused).containsOnly(0);
      assertThat(size(engine, "a").orElse(0L)).isEqualTo(sum(engine));
      assertClean(engine);
    }
  }

  @Test
  void manyWritersOfOneCollectionStayWithinItsLimit(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    long limitBytes = 600;
    try (TestEngine engine = engine(limitBytes)) {
      List<Integer> refused = write(engine, random);
      assertThat(refused.stream().mapToInt(Integer::intValue).sum()).isPositive();
      assertThat(size(engine, "a").orElse(0L)).isEqualTo(sum(engine)).isBetween(1L, limitBytes);
      assertClean(engine);
    }
  }

  @Test
  void aCrashLeavesTheSizeOfWhatItLeavesOfTheItems(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    for (int crash = 0; crash < CRASHES; crash++) {
      AtomicInteger left = new AtomicInteger(50 + random.branch(crash).nextInt(100));
      MemoryVolume volume =
          new MemoryVolume(step -> {
            if (step != MemoryVolume.Step.READ && left.decrementAndGet() < 0) {
              throw new StorageFailedException("the power is off");
            }
          });
      TestEngine engine = new TestEngine(volume, new ManualClock(TestEngine.START), Duration.ZERO);
      engine.createWithLocalIndex(TABLE, KEY, "l");
      assertThatThrownBy(() -> write(engine, random))
          .hasRootCauseInstanceOf(StorageException.class);
      try (TestEngine after = engine.afterCrash(crash % 2, MemoryVolume.Steps.SOUND)) {
        assertThat(size(after, "a")).isPresent();
        assertClean(after);
        // What the check compares with the rows is what decisions go on from.
        apply(
            after,
            IntStream.range(0, ITEMS).mapToObj(sort -> delete("a", sort)).toArray(Wish[]::new));
        assertThat(size(after, "a")).isEmpty();
        assertClean(after);
      }
    }
  }

  /** How many writes of each writer were refused. */
  private static List<Integer> write(TestEngine engine, RandomCase random) throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        RandomGenerator own = random.branch(writer);
        writers.add(threads.submit(() -> write(engine, own)));
      }
    }
    List<Integer> refused = new ArrayList<>();
    for (Future<Integer> writer : writers) {
      refused.add(writer.get());
    }
    return refused;
  }

  private static int write(TestEngine engine, RandomGenerator random) {
    int refused = 0;
    for (int i = 0; i < WRITES; i++) {
      Wish[] wishes =
          IntStream.range(0, 1 + random.nextInt(3))
              .map(_ -> random.nextInt(ITEMS))
              .distinct()
              .mapToObj(sort -> wish(sort, random))
              .toArray(Wish[]::new);
      try {
        apply(engine, wishes);
      } catch (ItemCollectionSizeLimitExceededException _) {
        refused++;
      }
    }
    return refused;
  }

  private static Wish wish(int sort, RandomGenerator random) {
    return random.nextInt(3) == 0
        ? delete("a", sort)
        : put("a", sort, random.nextInt(30), random.nextBoolean());
  }

  /** A write that the test wants. */
  @FunctionalInterface
  private interface Wish {
    ItemWrite on(TableUse table);
  }

  private static Wish put(String partition, int sort, int bytes, boolean indexed) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key(partition, sort).attributes());
    attributes.put("v", new AttributeValue.S("x".repeat(bytes)));
    if (indexed) {
      attributes.put("l", new AttributeValue.S("l"));
    }
    return table ->
        ItemWrite.put(table, new Item(attributes), ConditionCheck.NONE, ReturnedImage.NONE);
  }

  private static Wish delete(String partition, int sort) {
    return table ->
        ItemWrite.delete(table, key(partition, sort), ConditionCheck.NONE, ReturnedImage.NONE);
  }

  private static Item key(String partition, int sort) {
    // The number has as many digits, and so as many bytes, for each item.
    return new Item(
        Map.of(
            "p",
            new AttributeValue.S(partition),
            "s",
            new AttributeValue.N(BigDecimal.valueOf(11 + sort))));
  }

  private static void apply(TestEngine engine, Wish... wishes) {
    try (TableUse table =
        engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn(TABLE))) {
      List<ItemWrite> writes = List.of(wishes).stream().map(wish -> wish.on(table)).toList();
      ItemWrites.apply(engine.store(), writes, Allowance.unlimited());
    }
  }

  private static void assertRefused(TestEngine engine, Wish... wishes) {
    Optional<Long> before = size(engine, "a");
    assertThatThrownBy(() -> apply(engine, wishes))
        .isInstanceOf(ItemCollectionSizeLimitExceededException.class);
    assertThat(size(engine, "a")).isEqualTo(before);
  }

  /** What the collection's row says, if there is one. */
  private static Optional<Long> size(TestEngine engine, String partition) {
    try (TableUse table =
        engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn(TABLE))) {
      ItemCollection collection =
          ItemWrite.delete(table, key(partition, 1), ConditionCheck.NONE, ReturnedImage.NONE)
              .collection()
              .orElseThrow();
      Optional<Row> row = engine.store().read(collection.row(), Consistency.STRONG);
      return row.map(found -> ItemCollection.sizeBytes(Optional.of(found)));
    }
  }

  /** The table has one collection: its size and that of its index. */
  private static long sum(TestEngine engine) {
    return engine.size(TABLE).sizeBytes()
        + engine.size(TABLE).indexes().values().stream().mapToLong(each -> each.sizeBytes()).sum();
  }

  private static void assertClean(TestEngine engine) {
    assertThat(engine.check().named()).isEmpty();
  }

  private static TestEngine engine(long limitBytes) {
    TestEngine engine = new TestEngine(EngineSettings.DEFAULT.withCollectionLimitBytes(limitBytes));
    engine.createWithLocalIndex(TABLE, KEY, "l");
    return engine;
  }
}
