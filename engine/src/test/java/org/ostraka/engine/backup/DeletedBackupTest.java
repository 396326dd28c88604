package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.BackupArn;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.MemoryArchive;

/** A backup that goes while it is made, or while a table is restored from it. */
final class DeletedBackupTest {
  private final TestEngine engine = new TestEngine();
  private final Archive archive = new MemoryArchive();
  private final Archiver archiver = archiver(engine.store());
  private final Restorations restorations =
      new Restorations(
          engine.store(), archive, engine.catalogue(), engine.clock(), engine.settings());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whatItHadStaysUntilTheTableIsRestored() {
    BackupArn backup = begun();
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

  @Test
  void itDoesNotComeBackWhenItIsDeletedInTheMomentOfItsEnd() {
    BackupArn backup = begun();
    BackupRows rows = new BackupRows(engine.store());
    RowKey key = BackupRows.key(backup);
    Runnable deletion = () -> rows.delete(List.of(), List.of(key));
    archiver(overtaken(engine.store(), key, deletion)).run();
    assertThat(rows.backup(backup)).isEmpty();
    archiver.run();
    assertThat(archive.list(ObjectNames.CHAINS)).isEmpty();
  }

  private BackupArn begun() {
    engine.create("votes");
    engine.put("votes", "a");
    return engine
        .operations()
        .createBackup()
        .handle(TestEngine.CALLER, new CreateBackup.Request("votes", "backup"))
        .details()
        .arn();
  }

  private Archiver archiver(Store store) {
    return new Archiver(
        store,
        archive,
        engine.catalogue(),
        engine.clock(),
        UUID::randomUUID,
        engine.settings().streams());
  }

  /** Returns a store in which something happens right before each decision on a row. */
  private static Store overtaken(Store store, RowKey key, Runnable other) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("transact")
                  && ((Collection<?>) arguments[0]).contains(key)) {
                other.run();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
