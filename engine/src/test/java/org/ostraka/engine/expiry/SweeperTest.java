package org.ostraka.engine.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.engine.expiry.ExpiringTable.ITEMS;
import static org.ostraka.engine.expiry.ExpiringTable.NOW;
import static org.ostraka.engine.expiry.ExpiringTable.TABLE;
import static org.ostraka.engine.expiry.ExpiringTable.build;
import static org.ostraka.engine.expiry.ExpiringTable.expiring;
import static org.ostraka.engine.expiry.ExpiringTable.filled;
import static org.ostraka.engine.expiry.ExpiringTable.index;
import static org.ostraka.engine.expiry.ExpiringTable.item;
import static org.ostraka.engine.expiry.ExpiringTable.rows;
import static org.ostraka.engine.expiry.ExpiringTable.sweep;
import static org.ostraka.engine.expiry.ExpiringTable.use;
import static org.ostraka.engine.expiry.ExpiringTable.verifyClean;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expiry.entry.ExpiryRow;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Principal;
import org.ostraka.model.ScalarType;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableKey;
import org.ostraka.model.TimeToLiveStatus;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** The deletion of expired items. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SweeperTest {
  @Test
  void expiredItemsAreDeletedInSteps() {
    TestEngine engine = expiring();
    for (int i = 0; i < ITEMS; i++) {
      engine.put(TABLE, item("old-" + i, NOW - 1 - i));
      engine.put(TABLE, item("new-" + i, NOW + i));
    }
    Sweeper sweeper = engine.sweeper(3);
    sweeper.sweep(TestEngine.ONE_STEP);
    assertThat(sweeper.deleted()).isBetween(1L, 3L);
    sweeper.sweep(IndexBuilder.Pace.UNBROKEN);
    assertThat(sweeper.deleted()).isEqualTo(ITEMS);
    assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS);
    assertThat(engine.get(TABLE, "new-0")).isPresent();
    verifyClean(engine);
  }

  @Test
  void aSweepThatDeletesNothingIsFollowedByARest() {
    ManualClock clock = new ManualClock(TestEngine.START);
    AtomicInteger reads = new AtomicInteger();
    TestEngine engine =
        new TestEngine(
            new MemoryVolume(_ -> {
              clock.advance(Duration.ofSeconds(1));
              reads.incrementAndGet();
            }),
            clock,
            Duration.ZERO);
    engine.create(TABLE);
    engine.updateTimeToLive(TABLE, "ttl", true);
    build(engine);
    Sweeper sweeper = engine.sweeper(3);
    reads.set(0);
    sweeper.maintain(IndexBuilder.Pace.UNBROKEN);
    int ofOneSweep = reads.get();
    assertThat(ofOneSweep).isPositive();
    sweeper.maintain(IndexBuilder.Pace.UNBROKEN);
    clock.advance(Duration.ofSeconds(20L * ofOneSweep - 1));
    sweeper.maintain(IndexBuilder.Pace.UNBROKEN);
    assertThat(reads).hasValue(ofOneSweep);
    clock.advance(Duration.ofSeconds(1));
    engine.put(TABLE, item("a", NOW - 1));
    sweeper.maintain(IndexBuilder.Pace.UNBROKEN);
    assertThat(engine.get(TABLE, "a")).isEmpty();
    engine.put(TABLE, item("b", NOW - 1));
    sweeper.maintain(IndexBuilder.Pace.UNBROKEN);
    assertThat(engine.get(TABLE, "b")).as("no rest after a deletion").isEmpty();
    verifyClean(engine);
  }

  @Test
  void aDeletionIsRecordedAsTheServices() {
    TestEngine engine = expiring();
    change(engine, record -> space -> record.withTombstones(Optional.of(space)));
    change(
        engine,
        record ->
            space ->
                record.withChanges(
                    Optional.of(
                        new ChangeLog(
                            List.of(new LogShard(space, 0, Instant.EPOCH)),
                            StreamViewType.NEW_AND_OLD_IMAGES))));
    Item expired = item("a", NOW - 1);
    engine.put(TABLE, expired);
    sweep(engine);
    List<ChangeRecord> records = records(engine);
    assertThat(records).hasSize(2);
    ChangeRecord removal = records.getLast();
    assertThat(removal.kind()).isEqualTo(ChangeRecord.Kind.REMOVE);
    assertThat(removal.actor()).isEqualTo(new Principal.Service("dynamodb.amazonaws.com"));
    assertThat(removal.before().map(ItemEncoding::decode)).contains(expired);
    assertThat(removal.after()).isEmpty();
    assertThat(rows(engine, use(engine, use -> use.tombstones().orElseThrow()))).isEqualTo(1);
    verifyClean(engine);
  }

  @Test
  void anItemThatExpiresAtAnotherTimeByNowIsKept() {
    TestEngine engine = expiring();
    engine.put(TABLE, item("saved", NOW + 100));
    engine.put(TABLE, item("due", NOW - 1));
    engine.put(
        TABLE,
        new Item(
            Map.of(
                "id", new AttributeValue.S("text"), "ttl", new AttributeValue.S("" + (NOW - 1)))));
    try (TableUse use = engine.catalogue().use(Principal.Service.EXPIRY, TestEngine.arn(TABLE))) {
      List<ItemWrite> writes =
          List.of("saved", "due", "text", "absent").stream()
              .map(id -> ItemWrite.expire(use, TestEngine.item(id), "ttl", NOW - 1))
              .toList();
      List<Boolean> deleted = new ArrayList<>();
      ItemWrites.applyEach(
          engine.store(),
          Conflicts.NONE,
          writes,
          Allowance.unlimited(),
          outcomes ->
              outcomes.forEach(
                  outcome -> deleted.add(((ItemWrites.Outcome.Done) outcome).change().deletes())));
      assertThat(deleted).containsExactly(false, true, false, false);
    }
    verifyClean(engine);
  }

  /** Clients save items that have expired while they are being deleted. */
  @Test
  void anItemThatWasSavedIsNeverDeleted() throws Exception {
    TestEngine engine = expiring();
    AtomicBoolean done = new AtomicBoolean();
    Sweeper sweeper = engine.sweeper(5);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<?> sweeping =
          threads.submit(() -> {
            while (!done.get()) {
              sweeper.sweep(IndexBuilder.Pace.UNBROKEN);
            }
          });
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        String prefix = "writer-" + writer + "-";
        writers.add(threads.submit(() -> saveAgainAndAgain(engine, sweeper, prefix)));
      }
      try {
        for (Future<?> writer : writers) {
          writer.get();
        }
      } finally {
        done.set(true);
      }
      sweeping.get();
    }
    assertThat(sweeper.deleted()).isPositive();
    verifyClean(engine);
  }

  /** Ends once the sweeper has deleted something in between. */
  private static void saveAgainAndAgain(TestEngine engine, Sweeper sweeper, String prefix) {
    for (int round = 0; round < 200 || sweeper.deleted() == 0; round++) {
      String id = prefix + round % 10;
      engine.put(TABLE, item(id, NOW - 1));
      engine.put(TABLE, item(id, NOW + 1_000));
      assertThat(engine.get(TABLE, id)).as(id).isPresent();
      engine.put(TABLE, item(prefix + "lost-" + round % 10, NOW - 1));
    }
  }

  @Test
  void aDeletedTableLeavesNoExpiryTimes() {
    TestEngine engine = filled(new MemoryVolume(MemoryVolume.Steps.SOUND));
    engine.updateTimeToLive(TABLE, "ttl", true);
    engine.builder(3).run(TestEngine.ONE_STEP);
    Space index = index(engine);
    assertThat(rows(engine, index)).isPositive();
    engine.delete(TABLE);
    assertThat(rows(engine, index)).isZero();
    engine.builder(3).run(IndexBuilder.Pace.UNBROKEN);
    sweep(engine);
    engine.create(TABLE);
    assertThat(engine.timeToLive(TABLE).status()).isEqualTo(TimeToLiveStatus.DISABLED);
    verifyClean(engine);
  }

  @Test
  void disablingStopsABuild() {
    TestEngine engine = filled(new MemoryVolume(MemoryVolume.Steps.SOUND));
    engine.updateTimeToLive(TABLE, "ttl", true);
    IndexBuilder builder = engine.builder(3);
    builder.run(TestEngine.ONE_STEP);
    engine.updateTimeToLive(TABLE, "ttl", false);
    builder.run(IndexBuilder.Pace.UNBROKEN);
    assertThat(engine.catalogue().builds()).isEmpty();
    engine.updateTimeToLive(TABLE, "other", true);
    builder.run(IndexBuilder.Pace.UNBROKEN);
    engine.catalogue().maintain();
    sweep(engine);
    assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS);
    verifyClean(engine);
  }

  @Test
  void nothingIsDeletedBeforeTheChangeShowsAsDone() {
    ManualClock clock = new ManualClock(TestEngine.START);
    TestEngine engine =
        new TestEngine(new MemoryVolume(MemoryVolume.Steps.SOUND), clock, Duration.ofSeconds(10));
    engine.create(TABLE);
    clock.advance(Duration.ofSeconds(10));
    engine.put(TABLE, item("a", NOW));
    engine.updateTimeToLive(TABLE, "ttl", true);
    build(engine);
    sweep(engine);
    assertThat(engine.timeToLive(TABLE).status()).isEqualTo(TimeToLiveStatus.ENABLING);
    assertThat(engine.get(TABLE, "a")).isPresent();
    clock.advance(Duration.ofSeconds(10));
    assertThat(engine.timeToLive(TABLE).status()).isEqualTo(TimeToLiveStatus.ENABLED);
    sweep(engine);
    assertThat(engine.get(TABLE, "a")).isEmpty();
    verifyClean(engine);
  }

  /** The expiry times of a table that has every kind of index, and of its collections. */
  @Test
  void indexesAndCollectionsFollow() {
    TestEngine engine = new TestEngine();
    TableKey key =
        new TableKey(
            new AttributeDefinition("id", ScalarType.S),
            Optional.of(new AttributeDefinition("ttl", ScalarType.N)));
    engine.createWithLocalIndex(TABLE, key, "note");
    engine.updateTimeToLive(TABLE, "ttl", true);
    build(engine);
    for (int i = 0; i < ITEMS; i++) {
      engine.put(
          TABLE,
          new Item(
              Map.of(
                  "id",
                  new AttributeValue.S("a"),
                  "ttl",
                  new AttributeValue.N(BigDecimal.valueOf(NOW - ITEMS / 2 + i)),
                  "note",
                  new AttributeValue.S("n"))));
    }
    sweep(engine);
    assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS / 2);
    verifyClean(engine);
  }

  @Test
  void aTableThatCannotBeReadDoesNotStopTheSweepOfOthers() {
    TestEngine engine = filled(new MemoryVolume(MemoryVolume.Steps.SOUND));
    String broken = "a-broken-one";
    engine.create(broken);
    for (String table : List.of(broken, TABLE)) {
      engine.updateTimeToLive(table, "ttl", true);
    }
    build(engine);
    engine.put(broken, item("a", NOW - 1));
    damage(engine, broken);
    assertThatThrownBy(() -> engine.sweeper(3).sweep(IndexBuilder.Pace.UNBROKEN))
        .isInstanceOf(StorageException.class);
    assertThat(engine.size(TABLE).itemCount()).isEqualTo(ITEMS / 2);
    engine.close();
  }

  /** Stores an expiry time without an item's key. */
  private static void damage(TestEngine engine, String table) {
    try (TableUse use = engine.catalogue().use(Principal.Service.EXPIRY, TestEngine.arn(table))) {
      Space index = use.timeToLive().orElseThrow().index().orElseThrow().space();
      RowKey row = ExpiryRow.of(index, new RowKey(use.items(), Bytes.of(1), Bytes.EMPTY), NOW - 1);
      engine
          .store()
          .transact(
              List.of(row), _ -> new Verdict<>(row, List.of(new Write.Put(row, Bytes.of(1)))));
    }
  }

  private static void change(
      TestEngine engine, Function<TableRecord, Function<Space, TableRecord>> choice) {
    var _ =
        engine
            .catalogue()
            .changeWithSpace(new Principal.Service("test"), TestEngine.arn(TABLE), choice);
  }

  private static List<ChangeRecord> records(TestEngine engine) {
    return engine
        .store()
        .readLog(
            use(engine, use -> use.changes().orElseThrow().shards().getFirst().id()),
            Position.START,
            100,
            1 << 20)
        .records()
        .stream()
        .map(LogRecord::value)
        .map(ChangeRecord::of)
        .toList();
  }
}
