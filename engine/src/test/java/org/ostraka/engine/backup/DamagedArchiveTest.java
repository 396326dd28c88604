package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityRepair;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.storage.Direction;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.archive.MemoryArchive;

/**
 * Whatever happens to an object of the archive: no wrong item and no table with items missing comes
 * from it, and the object is named.
 */
final class DamagedArchiveTest {
  private static final String TABLE = "votes";
  private static final String RESTORED = "restored";
  private static final int ITEMS = 30;

  /** One of so many damages is tried by a restoration too. */
  private static final int RESTORED_OF = 9;

  private final TestEngine engine = new TestEngine();
  private final MemoryArchive archive = new MemoryArchive();
  private BackupArn backup;
  private int refused;

  @BeforeEach
  void backUp() {
    engine.create(TABLE);
    for (int i = 0; i < ITEMS; i++) {
      engine.put(TABLE, "voter-" + i);
    }
    backup =
        engine
            .operations()
            .createBackup()
            .handle(TestEngine.CALLER, new CreateBackup.Request(TABLE, "backup"))
            .details()
            .arn();
    Archiver archiver = archiver();
    var _ = archiver.step(new HashMap<>());
    engine.put(TABLE, "late");
    archiver.run();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Archiver archiver() {
    return new Archiver(
        engine.store(),
        archive,
        engine.catalogue(),
        engine.clock(),
        UUID::randomUUID,
        engine.settings().streams(),
        new ArchiveSettings(400, Duration.ofSeconds(1), Duration.ofDays(1), 1_000));
  }

  @Test
  void aWholeArchiveIsRestored() {
    restore();
    assertThat(engine.describe(RESTORED).status()).isEqualTo(TableStatus.ACTIVE);
    assertThat(engine.items(RESTORED)).hasSize(ITEMS + 1);
  }

  @Test
  void everyFlippedBitIsFound() {
    for (String name : archive.list(ObjectNames.CHAINS)) {
      int size = archive.read(name).orElseThrow().sizeBytes();
      for (int i = 0; i < size; i += i < 24 || i > size - 24 ? 1 : 31) {
        int at = i;
        requireFound(
            name,
            content -> {
              content[at] ^= (byte) (1 << (at % Byte.SIZE));
              return content;
            });
      }
    }
  }

  @Test
  void everyCutIsFound() {
    for (String name : archive.list(ObjectNames.CHAINS)) {
      int size = archive.read(name).orElseThrow().sizeBytes();
      for (int i = 0; i < size; i += 29) {
        int length = i;
        requireFound(name, content -> Arrays.copyOf(content, length));
      }
    }
  }

  @Test
  void aMissingObjectIsFound() {
    for (String name : archive.list(ObjectNames.CHAINS)) {
      Bytes whole = archive.read(name).orElseThrow();
      archive.delete(name);
      requireRefused(name);
      archive.put(name, whole);
    }
  }

  @Test
  void anObjectInThePlaceOfAnotherIsFound() {
    List<String> names = archive.list(ObjectNames.CHAINS);
    Bytes other = archive.read(names.getLast()).orElseThrow();
    requireFound(names.getFirst(), _ -> other.array().clone());
  }

  @Test
  void anArchiveOfAnotherStoreIsRefusedAndNothingInItIsRemoved() {
    List<String> before = archive.list("");
    try (TestEngine other = new TestEngine()) {
      other.create(TABLE);
      var _ =
          other
              .operations()
              .createBackup()
              .handle(TestEngine.CALLER, new CreateBackup.Request(TABLE, "backup"));
      Archiver stranger =
          new Archiver(
              other.store(),
              archive,
              other.catalogue(),
              other.clock(),
              UUID::randomUUID,
              other.settings().streams());
      assertThatThrownBy(stranger::run)
          .isInstanceOf(StorageFailedException.class)
          .hasMessageContaining("belongs to the data of another server");
    }
    assertThat(archive.list("")).isEqualTo(before);
  }

  @Test
  void nothingIsRemovedAfterARepairThatMayHaveLostNamesOfObjects() {
    List<String> before = archive.list("");
    BackupRows rows = new BackupRows(engine.store());
    UUID chain = rows.chains().getFirst().id();
    ArchivedSegment lost;
    try (BackupRows.Segments segments = rows.segments(chain, 0, Direction.FORWARD)) {
      lost = segments.next().orElseThrow();
    }
    rows.delete(List.of(), List.of(BackupRows.segmentKey(chain, lost.number())));
    IntegrityRepair.Report repaired =
        IntegrityRepair.run(engine.store(), BackupCheck.space()::equals);
    assertThat(repaired.isArchiveReleased()).isTrue();
    assertThatThrownBy(archiver()::run)
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("before a repair");
    assertThat(archive.list("")).isEqualTo(before);
    archive.delete(ObjectNames.OWNER);
    archiver().run();
    assertThat(archive.list("")).doesNotContain(lost.name()).contains(ObjectNames.OWNER);
  }

  @Test
  void anArchiveStaysTheStoresOwnWhenARepairHasLostNoNameOfItsObjects() {
    assertThat(IntegrityRepair.run(engine.store(), _ -> false).isArchiveReleased()).isFalse();
    RowKey damaged =
        BackupRows.segmentKey(new BackupRows(engine.store()).chains().getFirst().id(), 1_000);
    engine
        .store()
        .transact(
            List.of(damaged),
            _ -> new Verdict<>(true, List.of(new Write.Put(damaged, Bytes.of(1)))));
    assertThat(IntegrityRepair.run(engine.store(), _ -> false).isArchiveReleased()).isTrue();
  }

  /** Two servers may claim an archive at the same time: the last one has it. */
  @Test
  void nothingIsRemovedFromAnArchiveThatAnotherStoreHasClaimedMeanwhile() {
    Archiver archiver = archiver();
    archiver.run();
    String foreign = ObjectNames.name(UUID.randomUUID(), 0, UUID.randomUUID());
    archive.put(foreign, Bytes.of(1));
    archive.put(ObjectNames.OWNER, Bytes.of(2));
    engine.clock().advance(Duration.ofHours(1));
    assertThatThrownBy(archiver::run)
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("belongs to the data of another server");
    assertThat(archive.list(ObjectNames.CHAINS)).contains(foreign);
  }

  private void requireFound(String name, UnaryOperator<byte[]> damage) {
    Bytes whole = archive.read(name).orElseThrow();
    archive.put(name, Bytes.wrap(damage.apply(whole.array().clone())));
    requireRefused(name);
    archive.put(name, whole);
  }

  /** Restores nothing, and names the object; a check names it too. */
  private void requireRefused(String name) {
    List<String> problems = new ArrayList<>();
    BackupCheck.archive(engine.store(), archive, problems::add);
    assertThat(problems).singleElement().asString().contains(name);
    // A restoration takes longer than a check, and reads the same segments.
    if (refused++ % RESTORED_OF != 0) {
      return;
    }
    restore();
    assertThatThrownBy(() -> engine.describe(RESTORED))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(new BackupRows(engine.store()).jobs()).isEmpty();
  }

  private void restore() {
    var _ =
        engine
            .operations()
            .restoreTableFromBackup()
            .handle(
                TestEngine.CALLER,
                new RestoreTableFromBackup.Request(
                    RESTORED, backup.toString(), RestoreOverrides.NONE));
    Restorations restorations =
        new Restorations(
            engine.store(), archive, engine.catalogue(), engine.clock(), engine.settings());
    restorations.run();
    restorations.run();
    assertThat(engine.check().named()).isEmpty();
  }
}
