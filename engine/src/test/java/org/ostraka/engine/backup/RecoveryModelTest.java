package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Bytes;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.DeleteBackup;
import org.ostraka.model.operation.DescribeBackup;
import org.ostraka.model.operation.DescribeContinuousBackups;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.model.operation.RestoreTableToPointInTime;
import org.ostraka.model.operation.UpdateContinuousBackups;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/**
 * Random changes, steps of archiving, backups and restorations, while the clock moves and the power
 * is cut anywhere. Whatever is restored is the table as it was at that time.
 */
final class RecoveryModelTest {
  private static final String TABLE = "votes";
  private static final String RESTORED = "restored";
  private static final int ROUNDS = 25;
  private static final int STEPS = 120;
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("id", ScalarType.S),
          Optional.of(new AttributeDefinition("number", ScalarType.N)));

  /** Small segments, and bases after few changes. */
  private static final ArchiveSettings SMALL =
      new ArchiveSettings(300, Duration.ofSeconds(2), Duration.ofHours(1), 2_000);

  /** Lets so many steps of a volume happen once it is armed, and none after them. Any thread. */
  private static final class Power implements MemoryVolume.Steps {
    private long left = Long.MAX_VALUE;

    synchronized void arm(int steps) {
      left = steps;
    }

    @Override
    public synchronized void before(MemoryVolume.Step step) {
      if (left <= 0) {
        throw new StorageFailedException("the power is off");
      }
      left--;
    }
  }

  @Test
  void whatIsRestoredIsTheTableAsItWas(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      new Round(random.branch(round)).run();
    }
  }

  /** One random history. */
  private static final class Round {
    private final RandomGenerator random;
    private final ManualClock clock = new ManualClock(TestEngine.START);
    private final FailingArchive archive = new FailingArchive();
    private Power power = new Power();
    private TestEngine engine;
    private Archiver archiver;

    /** The items after each change, by its time. No two changes have the same time. */
    private final NavigableMap<Instant, Map<String, Item>> states = new TreeMap<>();

    private final List<BackupArn> backups = new ArrayList<>();
    private boolean recovers;

    Round(RandomGenerator random) {
      this.random = random;
      this.engine =
          new TestEngine(
              new MemoryVolume(power), clock, new EngineSettings(Duration.ZERO).tableTransition());
      this.archiver = archiver();
      states.put(clock.instant(), Map.of());
    }

    private Archiver archiver() {
      return new Archiver(
          engine.store(),
          archive,
          engine.catalogue(),
          clock,
          UUID::randomUUID,
          engine.settings().streams(),
          SMALL);
    }

    private Restorations restorations() {
      return new Restorations(
          engine.store(), archive, engine.catalogue(), clock, engine.settings());
    }

    void run() {
      create();
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      archiver.run();
      backups.forEach(this::restore);
      if (recovers) {
        restoreToPointInTime();
      }
      deleteTheTable();
      requireClean();
      engine.close();
    }

    private void create() {
      List<KeySchemaElement> byWard =
          List.of(
              new KeySchemaElement("ward", KeyType.HASH),
              new KeySchemaElement("id", KeyType.RANGE));
      List<KeySchemaElement> byPlace =
          List.of(
              new KeySchemaElement("id", KeyType.HASH),
              new KeySchemaElement("place", KeyType.RANGE));
      engine.create(
          TABLE,
          KEY,
          List.of(
              new AttributeDefinition("ward", ScalarType.S),
              new AttributeDefinition("place", ScalarType.S)),
          List.of(new NewIndex("by-place", byPlace, "KEYS_ONLY", null, null, null)),
          List.of(new NewIndex("by-ward", byWard, "ALL", null, null, null)));
    }

    private void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5, 6 -> change();
        case 7, 8 -> clock.advance(Duration.ofMillis(random.nextInt(1, 5_000)));
        case 9 -> clock.advance(Duration.ofMinutes(random.nextInt(1, 90)));
        case 10, 11, 12 -> {
          var _ = archiver.step(new HashMap<>());
        }
        case 13 -> archiver.run();
        case 14 -> archiveWithoutPower();
        case 15 -> maintainShards();
        case 16 -> backup();
        case 17 -> enableOrDisable();
        case 18 -> {
          if (recovers) {
            restoreToPointInTime();
          }
        }
        default -> {
          if (!backups.isEmpty()) {
            archiver.run();
            BackupArn arn = backups.remove(random.nextInt(backups.size()));
            restore(arn);
            delete(arn);
          }
        }
      }
    }

    private void change() {
      clock.advance(Duration.ofMillis(random.nextInt(1, 1_500)));
      Map<String, Item> next = new HashMap<>(states.lastEntry().getValue());
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        change(next);
        clock.advance(Duration.ofMillis(1));
      }
    }

    private void change(Map<String, Item> next) {
      String id = "voter-" + random.nextInt(6);
      int number = random.nextInt(3);
      String key = id + "/" + number;
      Map<String, AttributeValue> attributes = new HashMap<>();
      attributes.put("id", new AttributeValue.S(id));
      attributes.put("number", new AttributeValue.N(BigDecimal.valueOf(number)));
      if (random.nextInt(3) == 0) {
        engine.deleteKey(TABLE, new Item(attributes));
        next.remove(key);
      } else {
        attributes.put("choice", new AttributeValue.S("c" + random.nextInt(1_000)));
        if (random.nextBoolean()) {
          attributes.put("ward", new AttributeValue.S("w" + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
          attributes.put("place", new AttributeValue.S("p" + random.nextInt(3)));
        }
        Item item = new Item(attributes);
        engine.put(TABLE, item);
        next.put(key, item);
      }
      states.put(clock.instant(), Map.copyOf(next));
    }

    private void archiveWithoutPower() {
      cutShort(() -> archiver.run());
    }

    /** Does something while the volume or the archive fails somewhere, and starts again. */
    private void cutShort(Runnable work) {
      int steps = random.nextInt(60);
      if (random.nextBoolean()) {
        power.arm(steps);
      } else {
        archive.arm(steps / 4);
      }
      try {
        work.run();
      } catch (StorageException _) {
        // As it should be, unless there was less to do.
      }
      archive.repair();
      power = new Power();
      engine = engine.afterCrash(random.nextInt(2), power);
      archiver = archiver();
    }

    private void maintainShards() {
      new ShardMaintenance(engine.store(), engine.catalogue(), clock, engine.settings().streams())
          .maintain();
    }

    private void backup() {
      clock.advance(Duration.ofMillis(1));
      backups.add(
          engine
              .operations()
              .createBackup()
              .handle(TestEngine.CALLER, new CreateBackup.Request(TABLE, "backup"))
              .details()
              .arn());
    }

    private void delete(BackupArn arn) {
      var _ =
          engine
              .operations()
              .deleteBackup()
              .handle(TestEngine.CALLER, new DeleteBackup.Request(arn.toString()));
    }

    private void enableOrDisable() {
      clock.advance(Duration.ofSeconds(2));
      boolean enable = !recovers || random.nextInt(3) > 0;
      var _ =
          engine
              .operations()
              .updateContinuousBackups()
              .handle(TestEngine.CALLER, new UpdateContinuousBackups.Request(TABLE, enable, null));
      recovers = enable;
      clock.advance(Duration.ofSeconds(1));
    }

    private void restore(BackupArn arn) {
      Instant moment =
          new BackupRows(engine.store()).backup(arn).orElseThrow().stamp().orElseThrow().moment();
      assertThat(
              engine
                  .operations()
                  .describeBackup()
                  .handle(TestEngine.CALLER, new DescribeBackup.Request(arn.toString()))
                  .backup()
                  .details()
                  .arn())
          .isEqualTo(arn);
      var _ =
          engine
              .operations()
              .restoreTableFromBackup()
              .handle(
                  TestEngine.CALLER,
                  new RestoreTableFromBackup.Request(
                      RESTORED, arn.toString(), RestoreOverrides.NONE));
      requireRestored(states.floorEntry(moment).getValue());
    }

    private ContinuousBackups.Window window() {
      return engine
          .operations()
          .describeContinuousBackups()
          .handle(TestEngine.CALLER, new DescribeContinuousBackups.Request(TABLE))
          .backups()
          .pointInTime()
          .orElseThrow();
    }

    private void restoreToPointInTime() {
      archiver.run();
      requireReadable();
      ContinuousBackups.Window window = window();
      long seconds = Duration.between(window.earliest(), window.latest()).toSeconds();
      Instant moment = window.earliest().plusSeconds(random.nextLong(seconds + 1));
      boolean latest = random.nextInt(4) == 0;
      var response =
          engine
              .operations()
              .restoreTableToPointInTime()
              .handle(
                  TestEngine.CALLER,
                  new RestoreTableToPointInTime.Request(
                      null,
                      TABLE,
                      RESTORED,
                      latest ? true : null,
                      latest ? null : moment,
                      RestoreOverrides.NONE));
      // The first second shows as the one in which recovery was enabled; nothing changed in it.
      requireRestored(
          states.floorEntry(response.summary().moment().plusMillis(999)).getValue(),
          states.floorEntry(response.summary().moment()).getValue());
    }

    /** Reads two random states and the changes between them from the archive alone. */
    private void requireReadable() {
      ContinuousBackups.Window window = window();
      Recovery.PointInTime on = record().recovery().pointInTime().orElseThrow();
      long seconds = Duration.between(window.earliest(), window.latest()).toSeconds();
      Instant one = window.earliest().plusSeconds(random.nextLong(seconds + 1));
      Instant other = window.earliest().plusSeconds(random.nextLong(seconds + 1));
      Instant from = one.isBefore(on.enabled()) ? on.enabled() : one;
      Instant to = other.isBefore(from) ? from : other;
      ArchivedTable archived =
          new ArchivedTable(
              engine.store(), archive, on.chain(), KEY, random.nextInt(1, 3_000), () -> false);
      Map<String, Item> before = state(archived, from);
      Map<String, Item> after = state(archived, to);
      assertThat(before).isEqualTo(states.floorEntry(from).getValue());
      assertThat(after).isEqualTo(states.floorEntry(to).getValue());
      Stamp first = Stamp.of(from.plusMillis(1));
      Stamp end = Stamp.of(to.plusMillis(1));
      int parts = archived.partsOfChanges(first, end);
      for (int part = 0; part < parts; part++) {
        for (ArchivedTable.NetChange change : archived.changes(first, end, part, parts)) {
          String name = name(ItemEncoding.decode(change.key()));
          assertThat(change.before().map(ItemEncoding::decode))
              .isEqualTo(Optional.ofNullable(before.remove(name)));
          change.after().ifPresent(stored -> before.put(name, ItemEncoding.decode(stored)));
        }
      }
      assertThat(before).isEqualTo(after);
    }

    /** Reads a state, and begins again now and then where it was. */
    private Map<String, Item> state(ArchivedTable archived, Instant moment) {
      Stamp stamp = new Stamp(Stamp.of(moment.plusMillis(1)).value() - 1);
      Map<String, Item> items = new HashMap<>();
      ArchivedTable.Place place = archived.begin(stamp).orElseThrow();
      while (!place.isEnd()) {
        ArchivedTable.StateReader reader = archived.read(stamp, place);
        for (int i = random.nextInt(1, 4); i > 0 && !place.isEnd(); i--) {
          ArchivedTable.Batch batch = reader.next().orElseThrow();
          for (Bytes stored : batch.items()) {
            Item item = ItemEncoding.decode(stored);
            assertThat(items.put(name(item), item)).as("an item is read once").isNull();
          }
          place = batch.after();
        }
      }
      return items;
    }

    private TableRecord record() {
      return engine
          .catalogue()
          .records(record -> record.description().name().value().equals(TABLE))
          .getFirst();
    }

    /** Restores, with power cuts, and compares with the only state that is right. */
    private void requireRestored(Map<String, Item> expected) {
      requireRestored(expected, expected);
    }

    private void requireRestored(Map<String, Item> ignored, Map<String, Item> expected) {
      int cuts = random.nextInt(4);
      for (int i = 0; i < cuts; i++) {
        cutShort(() -> restorations().run());
      }
      archiver.run();
      restorations().run();
      assertThat(engine.describe(RESTORED).status()).isEqualTo(TableStatus.ACTIVE);
      assertThat(items(RESTORED)).isEqualTo(expected);
      requireClean();
      engine.delete(RESTORED);
    }

    private Map<String, Item> items(String table) {
      Map<String, Item> items = new HashMap<>();
      for (Item item : engine.items(table)) {
        items.put(name(item), item);
      }
      return items;
    }

    private static String name(Item item) {
      return ((AttributeValue.S) item.attributes().get("id")).value()
          + "/"
          + ((AttributeValue.N) item.attributes().get("number")).value();
    }

    /** A table with recovery leaves a backup. */
    private void deleteTheTable() {
      Map<String, Item> last = states.lastEntry().getValue();
      engine.delete(TABLE);
      if (random.nextBoolean()) {
        archiveWithoutPower();
      }
      archiver.run();
      assertThat(exists(TABLE)).isFalse();
      List<Backup> left =
          new BackupRows(engine.store())
              .backups().stream()
                  .filter(backup -> backup.description().details().name().endsWith("Backup"))
                  .toList();
      assertThat(left).hasSize(recovers ? 1 : 0);
      if (recovers) {
        var _ =
            engine
                .operations()
                .restoreTableFromBackup()
                .handle(
                    TestEngine.CALLER,
                    new RestoreTableFromBackup.Request(
                        RESTORED, left.getFirst().arn().toString(), RestoreOverrides.NONE));
        requireRestored(last);
      }
      clock.advance(Duration.ofDays(36));
      backups.forEach(this::delete);
      archiver.run();
      clock.advance(Duration.ofHours(1));
      archiver.run();
      assertThat(new BackupRows(engine.store()).chains()).isEmpty();
      assertThat(archive.list("chains/")).isEmpty();
    }

    private boolean exists(String table) {
      try {
        return engine.describe(table).status() != TableStatus.DELETING;
      } catch (ApiException _) {
        return false;
      }
    }

    private void requireClean() {
      assertThat(engine.check().named()).isEmpty();
      List<String> problems = new ArrayList<>();
      BackupCheck.archive(engine.store(), archive, problems::add);
      assertThat(problems).isEmpty();
    }
  }
}
