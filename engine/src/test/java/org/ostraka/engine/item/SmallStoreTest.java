package org.ostraka.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.store.LimitedStore;

/** What a store does not take at once is split where the API allows it, and refused where not. */
final class SmallStoreTest {
  private static final String TABLE = "votes";
  private static final int ITEMS = 25;
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("id", ScalarType.S),
          Optional.of(new AttributeDefinition("line", ScalarType.N)));
  private static final NewIndex LATE =
      new NewIndex(
          "late", List.of(new KeySchemaElement("line", KeyType.HASH)), "ALL", null, null, null);

  /** The least that the engine opens. */
  private static final StoreLimits LEAST = new StoreLimits(100, 100, 32_768, 32_768, 4 << 20);

  @Test
  void aStoreThatTakesLessThanTheApiNeedsIsRefused() {
    for (StoreLimits less :
        List.of(
            new StoreLimits(99, 100, 32_768, 32_768, 4 << 20),
            new StoreLimits(100, 50, 32_768, 32_768, 4 << 20),
            new StoreLimits(100, 100, 2_048, 32_768, 4 << 20),
            new StoreLimits(100, 100, 32_768, 1_024, 4 << 20),
            new StoreLimits(100, 100, 32_768, 32_768, 400 << 10))) {
      assertThatThrownBy(() -> open(less))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the store takes less at once than the API needs");
    }
  }

  @Test
  void aBatchIsSplit() {
    try (TestEngine engine = filled()) {
      assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS);
      engine.catalogue().maintain();
      assertThat(engine.check().named()).isEmpty();
      assertThat(engine.check().items()).isEqualTo(ITEMS);
    }
  }

  @Test
  void anIndexIsBuiltInSmallerSteps() {
    try (TestEngine engine = filled()) {
      engine.updateIndexes(
          TABLE,
          List.of(KEY.partition(), KEY.sort().orElseThrow()),
          new GlobalIndexUpdate(LATE, null, null));
      engine.builder(Integer.MAX_VALUE).run(IndexBuilder.Pace.UNBROKEN);
      assertThat(engine.catalogue().builds()).isEmpty();
      assertThat(engine.check().named()).isEmpty();
    }
  }

  @Test
  void expiredItemsAreDeletedInSmallerDecisions() {
    try (TestEngine engine = filled()) {
      engine.updateTimeToLive(TABLE, "ttl", true);
      engine.builder(Integer.MAX_VALUE).run(IndexBuilder.Pace.UNBROKEN);
      for (int i = 0; i < 2 * LEAST.declaredKeys(); i++) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put("id", new AttributeValue.S("expired"));
        attributes.put("line", new AttributeValue.N(BigDecimal.valueOf(i)));
        attributes.put(
            "ttl", new AttributeValue.N(BigDecimal.valueOf(TestEngine.START.getEpochSecond() - 1)));
        engine.put(TABLE, new Item(attributes));
      }
      Sweeper sweeper = engine.sweeper(Integer.MAX_VALUE);
      sweeper.sweep(IndexBuilder.Pace.UNBROKEN);
      assertThat(sweeper.deleted()).isEqualTo(2L * LEAST.declaredKeys());
      assertThat(engine.check().named()).isEmpty();
    }
  }

  @Test
  void aTransactionThatTouchesTooManyRowsIsRefused() {
    try (TestEngine engine = filled()) {
      transact(engine, 1_000, 16);
      assertThatThrownBy(() -> transact(engine, 2_000, 17))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("the store of this server takes at most 100 at once");
      assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS + 16);
    }
  }

  private static TestEngine open(StoreLimits limits) {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    ManualClock clock = new ManualClock(TestEngine.START);
    return TestEngine.over(
        volume, clock, new LimitedStore(TestEngine.store(volume, clock), limits));
  }

  private static TestEngine filled() {
    TestEngine engine = open(LEAST);
    List<AttributeDefinition> attributes = new ArrayList<>();
    List<NewIndex> local = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      attributes.add(new AttributeDefinition(name, ScalarType.N));
      local.add(
          new NewIndex(
              "by-" + name,
              List.of(
                  new KeySchemaElement("id", KeyType.HASH),
                  new KeySchemaElement(name, KeyType.RANGE)),
              "ALL",
              null,
              null,
              null));
    }
    engine.create(TABLE, KEY, attributes, local, List.of());
    engine
        .operations()
        .batchWriteItem()
        .handle(
            TestEngine.CALLER,
            new BatchWriteItem.Request(
                List.of(
                    new BatchWriteItem.WritesOfTable(
                        TABLE,
                        IntStream.range(0, ITEMS)
                            .mapToObj(SmallStoreTest::item)
                            .map(item -> (BatchWriteItem.Write) new BatchWriteItem.Write.Put(item))
                            .toList())),
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.SIZE));
    return engine;
  }

  private static void transact(TestEngine engine, int first, int actions) {
    engine
        .operations()
        .transactWriteItems()
        .handle(
            TestEngine.CALLER,
            new TransactWriteItems.Request(
                IntStream.range(first, first + actions)
                    .mapToObj(SmallStoreTest::item)
                    .map(item ->
                        (TransactWriteItems.Action)
                            new TransactWriteItems.Action.Put(TABLE, item, WriteCondition.NONE))
                    .toList(),
                null,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE));
  }

  private static Item item(int number) {
    AttributeValue value = new AttributeValue.N(BigDecimal.valueOf(number));
    return new Item(
        Map.of(
            "id",
            new AttributeValue.S("id-" + number % 3),
            "line",
            value,
            "a",
            value,
            "b",
            value,
            "c",
            value,
            "d",
            value));
  }
}
