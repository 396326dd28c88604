package org.ostraka.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.ScalarType;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/** Changes of items are recorded, and applied elsewhere: the last writer wins everywhere alike. */
final class ReplicationTest {
  private static final String TABLE = "votes";
  private static final int ROUNDS = 40;
  private static final int CHANGES = 60;
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");
  private static final TableKey KEY =
      new TableKey(new AttributeDefinition("id", ScalarType.S), Optional.empty());

  /**
   * Tables of two regions that got each other's changes in any order, and some of them twice, are
   * the same.
   */
  @Test
  void tablesThatExchangeTheirChangesInAnyOrderConverge(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator choices = random.branch(round);
      ManualClock clock = new ManualClock(TestEngine.START);
      ManualClock ahead = new ManualClock(TestEngine.START.plusSeconds(3));
      try (TestEngine one = withTable(TestEngine.in(new Region("eu-central-1"), clock));
          TestEngine two = withTable(TestEngine.in(new Region("us-east-1"), ahead))) {
        for (int change = 0; change < CHANGES; change++) {
          write(choices.nextBoolean() ? one : two, choices);
          if (choices.nextInt(10) == 0) {
            clock.advance(Duration.ofMillis(choices.nextInt(5_000)));
            exchange(one, two, choices);
          }
        }
        exchange(one, two, choices);
        assertThat(items(one)).isEqualTo(items(two));
        assertThat(one.size(TABLE)).isEqualTo(two.size(TABLE));
        assertThat(one.check().named()).isEmpty();
        assertThat(two.check().named()).isEmpty();
      }
    }
  }

  @Test
  void aDeletionLeavesATombstoneUntilItIsCollected() {
    ManualClock clock = new ManualClock(TestEngine.START);
    try (TestEngine engine = engine(clock)) {
      engine.put(TABLE, "a");
      Version put = row(engine).orElseThrow().version();
      engine.deleteItem(TABLE, "a");
      assertThat(tombstones(engine)).hasSize(1);
      Version deleted = tombstones(engine).getFirst().version();
      assertThat(deleted).isGreaterThan(put);
      assertThat(ItemEncoding.decode(tombstones(engine).getFirst().value()))
          .isEqualTo(TestEngine.item("a"));

      assertThat(replicate(engine, put, TestEngine.item("a"))).as("older").isFalse();
      assertThat(engine.get(TABLE, "a")).isEmpty();
      collect(engine, Duration.ofHours(2));
      assertThat(tombstones(engine)).hasSize(1);
      clock.advance(Duration.ofHours(2).plusMillis(1));
      collect(engine, Duration.ofHours(2));
      assertThat(tombstones(engine)).isEmpty();
    }
  }

  @Test
  void anItemThatIsPutAgainTakesItsTombstoneAway() {
    try (TestEngine engine = engine(new ManualClock(TestEngine.START))) {
      engine.put(TABLE, "a");
      engine.deleteItem(TABLE, "a");
      engine.put(TABLE, "a");
      assertThat(tombstones(engine)).isEmpty();
      assertThat(engine.check().named()).isEmpty();
    }
  }

  @Test
  void aReplicatedDeletionOfWhatIsNotThereWinsOverAnOlderPut() {
    try (TestEngine engine = engine(new ManualClock(TestEngine.START))) {
      Version deleted = new Version(Stamp.of(TestEngine.START), new Origin(9));
      Version older = new Version(Stamp.of(TestEngine.START.minusSeconds(1)), new Origin(8));
      Version newer = new Version(Stamp.of(TestEngine.START.plusSeconds(1)), new Origin(8));
      apply(engine, deleted, TestEngine.item("a"), Optional.empty());
      assertThat(replicate(engine, older, TestEngine.item("a"))).isFalse();
      assertThat(replicate(engine, newer, TestEngine.item("a"))).isTrue();
      assertThat(row(engine).orElseThrow().version()).isEqualTo(newer);
      assertThat(tombstones(engine)).isEmpty();
    }
  }

  @Test
  void aPutThatChangesNothingKeepsTheVersionThatOthersKnow() {
    try (TestEngine engine = engine(new ManualClock(TestEngine.START))) {
      engine.put(TABLE, "a");
      Version first = row(engine).orElseThrow().version();
      engine.put(TABLE, "a");
      assertThat(row(engine).orElseThrow().version()).isEqualTo(first);
      Version newer = new Version(first.stamp().next(), new Origin(8));
      assertThat(replicate(engine, newer, TestEngine.item("a"))).isTrue();
      assertThat(row(engine).orElseThrow().version()).isEqualTo(newer);
    }
  }

  @Test
  void recordsShowWhoChangedWhatAndBelongToTheirDecision() {
    try (TestEngine engine = engine(new ManualClock(TestEngine.START))) {
      engine.put(TABLE, "a");
      engine.put(TABLE, "a");
      engine.deleteItem(TABLE, "a");
      List<LogRecord> records = records(engine);
      assertThat(records).as("a put that changes nothing is not recorded").hasSize(2);
      ChangeRecord put = ChangeRecord.of(records.getFirst().value());
      ChangeRecord deleted = ChangeRecord.of(records.getLast().value());
      assertThat(put.kind()).isEqualTo(ChangeRecord.Kind.INSERT);
      assertThat(put.actor()).isEqualTo(TestEngine.CALLER.principal());
      assertThat(put.table().table().value()).isEqualTo(TABLE);
      assertThat(put.before()).isEmpty();
      assertThat(put.after().map(ItemEncoding::decode)).contains(TestEngine.item("a"));
      assertThat(deleted.kind()).isEqualTo(ChangeRecord.Kind.REMOVE);
      assertThat(ItemEncoding.decode(deleted.key())).isEqualTo(TestEngine.item("a"));
      assertThat(deleted.before().map(ItemEncoding::decode)).contains(TestEngine.item("a"));
      assertThat(deleted.after()).isEmpty();
      assertThat(records.getFirst().decision()).isNotEqualTo(records.getLast().decision());
      assertThat(records.getFirst().version().origin()).isNotEqualTo(Origin.NONE);
      assertThat(records.getFirst().isReplicated()).isFalse();
    }
  }

  private static TestEngine engine(ManualClock clock) {
    return withTable(
        new TestEngine(new MemoryVolume(MemoryVolume.Steps.SOUND), clock, Duration.ZERO));
  }

  /** Gives an engine a table that keeps tombstones and a log, and has an index. */
  private static TestEngine withTable(TestEngine engine) {
    NewIndex index =
        new NewIndex(
            "by-state",
            List.of(new KeySchemaElement("state", KeyType.HASH)),
            "ALL",
            null,
            null,
            null);
    TableArn arn =
        engine
            .create(
                TABLE,
                KEY,
                List.of(new AttributeDefinition("state", ScalarType.S)),
                List.of(),
                List.of(index))
            .arn();
    Principal test = new Principal.Service("test");
    engine
        .catalogue()
        .changeWithSpace(test, arn, record -> space -> record.withTombstones(Optional.of(space)));
    engine
        .catalogue()
        .changeWithSpace(
            test,
            arn,
            record ->
                space ->
                    record.withChanges(
                        Optional.of(
                            new ChangeLog(
                                List.of(new LogShard(space, 0, Instant.EPOCH)),
                                StreamViewType.NEW_AND_OLD_IMAGES))));
    return engine;
  }

  private static void write(TestEngine engine, RandomGenerator random) {
    String id = IDS.get(random.nextInt(IDS.size()));
    if (random.nextInt(3) == 0) {
      engine.deleteItem(TABLE, id);
      return;
    }
    Map<String, AttributeValue> attributes = new HashMap<>(TestEngine.item(id).attributes());
    attributes.put("n", new AttributeValue.N(BigDecimal.valueOf(random.nextInt(3))));
    if (random.nextBoolean()) {
      attributes.put("state", new AttributeValue.S("state-" + random.nextInt(3)));
    }
    engine.put(TABLE, new Item(attributes));
  }

  /** Applies all changes that were made in one engine to the other one, in any order. */
  private static void exchange(TestEngine one, TestEngine two, RandomGenerator random) {
    List<LogRecord> fromOne = new ArrayList<>(records(one));
    List<LogRecord> fromTwo = new ArrayList<>(records(two));
    Collections.shuffle(fromOne, new Random(random.nextLong()));
    Collections.shuffle(fromTwo, new Random(random.nextLong()));
    fromOne.forEach(record -> apply(two, record));
    fromTwo.forEach(record -> apply(one, record));
  }

  private static void apply(TestEngine engine, LogRecord record) {
    if (!record.isReplicated()) {
      ChangeRecord change = ChangeRecord.of(record.value());
      apply(
          engine,
          record.version(),
          ItemEncoding.decode(change.key()),
          change.after().map(ItemEncoding::decode));
    }
  }

  private static boolean replicate(TestEngine engine, Version version, Item item) {
    return !apply(engine, version, item, Optional.of(item)).writes().isEmpty();
  }

  private static ItemChange apply(
      TestEngine engine, Version version, Item keyItem, Optional<Item> item) {
    try (TableUse table = engine.use(TABLE)) {
      ItemWrite write =
          ItemWrite.replicate(table, version, keyItem, item.map(ItemEncoding::encode));
      return ItemWrites.apply(engine.store(), List.of(write), Allowance.unlimited()).getFirst();
    }
  }

  private static void collect(TestEngine engine, Duration kept) {
    new TombstoneCollection(engine.store(), engine.catalogue(), engine.clock(), kept).maintain();
  }

  private static List<LogRecord> records(TestEngine engine) {
    try (TableUse table = engine.use(TABLE)) {
      LogPage page =
          engine
              .store()
              .readLog(
                  table.changes().orElseThrow().shards().getFirst().id(),
                  Position.START,
                  Store.MAX_LOG_PAGE,
                  Long.MAX_VALUE);
      return page.records();
    }
  }

  private static Optional<Row> row(TestEngine engine) {
    return rows(engine, engine.space(TABLE)).stream().findFirst();
  }

  private static List<Row> tombstones(TestEngine engine) {
    try (TableUse table = engine.use(TABLE)) {
      return rows(engine, table.tombstones().orElseThrow());
    }
  }

  private static Map<Item, Version> items(TestEngine engine) {
    Map<Item, Version> items = new HashMap<>();
    rows(engine, engine.space(TABLE))
        .forEach(row -> items.put(ItemEncoding.decode(row.value()), row.version()));
    return items;
  }

  private static List<Row> rows(TestEngine engine, Space space) {
    List<Row> rows = new ArrayList<>();
    try (Cursor cursor =
        engine.store().scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        rows.add(row.get());
        row = cursor.next();
      }
    }
    return rows;
  }
}
