package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.BackupArn;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.MemoryArchive;

/** A backup that goes while a table is restored from it, since two requests met. */
final class DeletedBackupTest {
  private final TestEngine engine = new TestEngine();
  private final Archive archive = new MemoryArchive();
  private final Archiver archiver =
      new Archiver(
          engine.store(),
          archive,
          engine.catalogue(),
          engine.clock(),
          UUID::randomUUID,
          engine.settings().streams());
  private final Restorations restorations =
      new Restorations(
          engine.store(), archive, engine.catalogue(), engine.clock(), engine.settings());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whatItHadStaysUntilTheTableIsRestored() {
    engine.create("votes");
    engine.put("votes", "a");
    BackupArn backup =
        engine
            .operations()
            .createBackup()
            .handle(TestEngine.CALLER, new CreateBackup.Request("votes", "backup"))
            .details()
            .arn();
    archiver.run();
    var _ =
        engine
            .operations()
            .restoreTableFromBackup()
            .handle(
                TestEngine.CALLER,
                new RestoreTableFromBackup.Request(
                    "restored", backup.toString(), RestoreOverrides.NONE));
    new BackupRows(engine.store()).delete(List.of(), List.of(BackupRows.key(backup)));
    archiver.run();
    restorations.run();
    assertThat(engine.items("restored")).isEqualTo(engine.items("votes"));
    archiver.run();
    assertThat(archive.list(ObjectNames.CHAINS)).isEmpty();
  }
}
