package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Item;
import org.ostraka.model.LatestStream;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.random.RandomCase;

/** What a stream's readers see is what happened to the table, each change once and in order. */
class StreamReplayTest {
  private static final int ROUNDS = 12;
  private static final int STEPS = 400;
  private static final String TABLE = "votes";
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final List<String> IDS =
      List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");

  @Test
  void replayingAStreamRebuildsTheTable(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator choices = random.branch(round);
      EngineSettings settings =
          EngineSettings.DEFAULT.withStreams(
              new StreamSettings(
                  1 + choices.nextInt(3), LIFETIME, StreamSettings.MIN_READER_RETENTION));
      TestEngine engine = new TestEngine(settings);
      try {
        engine.create(TABLE);
        String arn = enable(engine);
        StreamReader often = new StreamReader(arn, 1 + choices.nextInt(20));
        for (int step = 0; step < STEPS; step++) {
          engine = step(engine, choices);
          if (choices.nextInt(20) == 0) {
            often.read(engine);
          }
        }
        often.read(engine);
        StreamReader once = new StreamReader(arn, 1_000);
        once.read(engine);
        assertThat(once.finished()).as("shards were closed").isPositive();
        assertThat(replayed(once.records())).isEqualTo(items(engine));
        assertThat(replayed(often.records())).isEqualTo(items(engine));
        assertThat(often.records()).containsExactlyInAnyOrderElementsOf(once.records());
        assertThat(engine.check().named()).isEmpty();
      } finally {
        engine.close();
      }
    }
  }

  static String enable(TestEngine engine) {
    LatestStream stream =
        engine
            .update(ofStream(new StreamSpecification(true, StreamViewType.NEW_AND_OLD_IMAGES)))
            .stream()
            .orElseThrow();
    return new StreamArn(TestEngine.arn(TABLE), stream.label()).toString();
  }

  private static UpdateTable.Request ofStream(StreamSpecification stream) {
    return new UpdateTable.Request(
        TABLE, null, null, null, null, null, null, null, null, null, stream);
  }

  private static TestEngine step(TestEngine engine, RandomGenerator random) {
    switch (random.nextInt(40)) {
      case 0 -> {
        return random.nextBoolean()
            ? engine.restart()
            : engine.afterCrash(0, MemoryVolume.Steps.SOUND);
      }
      case 1, 2 -> {
        engine.clock().advance(Duration.ofMinutes(random.nextInt(15)));
        maintain(engine);
      }
      case 3 -> units(engine, 1 + random.nextInt(4_000));
      case 4, 5, 6, 7, 8, 9 -> engine.deleteItem(TABLE, IDS.get(random.nextInt(IDS.size())));
      case 10, 11, 12 -> batch(engine, random);
      default -> engine.put(TABLE, item(random));
    }
    return engine;
  }

  static void maintain(TestEngine engine) {
    new ShardMaintenance(
            engine.store(), engine.catalogue(), engine.clock(), engine.settings().streams())
        .maintain();
  }

  private static void units(TestEngine engine, long units) {
    long now = engine.describe(TABLE).throughput().writeUnits();
    if (units > now) {
      engine.update(
          new UpdateTable.Request(
              TABLE,
              null,
              BillingMode.PROVISIONED,
              new ThroughputUnits(units, units),
              null,
              null,
              null,
              null,
              null,
              null,
              null));
      maintain(engine);
    }
  }

  private static void batch(TestEngine engine, RandomGenerator random) {
    Map<AttributeValue, BatchWriteItem.Write> writes = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      Item item = item(random);
      writes.put(
          item.attribute("id").orElseThrow(),
          random.nextBoolean()
              ? new BatchWriteItem.Write.Put(item)
              : new BatchWriteItem.Write.Delete(
                  new Item(Map.of("id", item.attribute("id").orElseThrow()))));
    }
    var _ =
        engine
            .operations()
            .batchWriteItem()
            .handle(
                TestEngine.CALLER,
                new BatchWriteItem.Request(
                    List.of(new BatchWriteItem.WritesOfTable(TABLE, List.copyOf(writes.values()))),
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE));
  }

  private static Item item(RandomGenerator random) {
    Map<String, AttributeValue> attributes =
        new HashMap<>(TestEngine.item(IDS.get(random.nextInt(IDS.size()))).attributes());
    attributes.put("n", new AttributeValue.N(BigDecimal.valueOf(random.nextInt(5))));
    return new Item(attributes);
  }

  /** Returns the items that exist after the changes, each of which must fit those before it. */
  static Map<Item, Item> replayed(List<GetRecords.StreamRecord> records) {
    Map<Item, Item> items = new HashMap<>();
    for (GetRecords.StreamRecord record : records) {
      Optional<Item> known = Optional.ofNullable(items.get(record.key()));
      assertThat(record.before()).as("%s", record).isEqualTo(known);
      assertThat(record.after()).as("%s", record).isNotEqualTo(known);
      GetRecords.EventName name =
          record.after().isEmpty()
              ? GetRecords.EventName.REMOVE
              : known.isEmpty() ? GetRecords.EventName.INSERT : GetRecords.EventName.MODIFY;
      assertThat(record.eventName()).isEqualTo(name);
      record
          .after()
          .ifPresentOrElse(item -> items.put(record.key(), item), () -> items.remove(record.key()));
    }
    return items;
  }

  static Map<Item, Item> items(TestEngine engine) {
    Map<Item, Item> items = new HashMap<>();
    for (String id : IDS) {
      engine.get(TABLE, id).ifPresent(item -> items.put(TestEngine.item(id), item));
    }
    return items;
  }
}
