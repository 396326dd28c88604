package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.BackupArn;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.ListBackups;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.model.operation.RestoreTableToPointInTime;
import org.ostraka.model.operation.UpdateContinuousBackups;
import org.ostraka.storage.archive.MemoryArchive;

/** A server without an archive says so, and leaves nothing half begun. */
final class ArchiveAccessTest {
  private static final String TABLE = "votes";

  private final TestEngine engine = new TestEngine();
  private final Engine without =
      engine.operations(EnginePorts.standard(engine.clock()).withArchive(ArchiveAccess.NONE));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void nothingIsBackedUpOrMadeRecoverable() {
    engine.create(TABLE);
    refused(() -> backup(without));
    refused(() -> recover(without, true));
    assertThat(
            without
                .listBackups()
                .handle(
                    TestEngine.CALLER, new ListBackups.Request(null, null, null, null, null, null))
                .backups())
        .isEmpty();
    recover(without, false);
  }

  @Test
  void nothingIsRestored() {
    engine.create(TABLE);
    BackupArn backup = backup(engine.operations());
    recover(engine.operations(), true);
    Archiver archiver =
        new Archiver(
            engine.store(),
            new MemoryArchive(),
            engine.catalogue(),
            engine.clock(),
            UUID::randomUUID,
            engine.settings().streams());
    engine.clock().advance(Duration.ofHours(1));
    archiver.run();
    refused(() ->
        without
            .restoreTableFromBackup()
            .handle(
                TestEngine.CALLER,
                new RestoreTableFromBackup.Request(
                    "restored", backup.toString(), RestoreOverrides.NONE)));
    refused(() ->
        without
            .restoreTableToPointInTime()
            .handle(
                TestEngine.CALLER,
                new RestoreTableToPointInTime.Request(
                    null, TABLE, "restored", true, null, RestoreOverrides.NONE)));
    assertThat(engine.catalogue().describe(TestEngine.arn("restored"))).isEqualTo(Optional.empty());
  }

  private static BackupArn backup(Engine operations) {
    return operations
        .createBackup()
        .handle(TestEngine.CALLER, new CreateBackup.Request(TABLE, "backup"))
        .details()
        .arn();
  }

  private static void recover(Engine operations, boolean enabled) {
    var _ =
        operations
            .updateContinuousBackups()
            .handle(TestEngine.CALLER, new UpdateContinuousBackups.Request(TABLE, enabled, null));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("without an archive (--archive)");
  }
}
