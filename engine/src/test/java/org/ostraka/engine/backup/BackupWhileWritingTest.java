package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Item;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.MemoryArchive;

/** A backup is the table at one moment, while several clients write. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BackupWhileWritingTest {
  private static final String TABLE = "votes";
  private static final String RESTORED = "restored";
  private static final int CLIENTS = 3;
  private static final int KEYS = 17;
  private static final int BACKUPS = 8;
  private static final long WRITES_BETWEEN = 60;

  private final TestEngine engine = new TestEngine();
  private final Archive archive = new MemoryArchive();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong written = new AtomicLong();

  /**
   * Each client writes one number after the other, in turn into its keys. So a state of one moment
   * has, for each client, the last numbers up to one of them.
   */
  @Test
  void eachClientsWritesAreThereUpToOneOfThem() throws Exception {
    engine.create(TABLE);
    List<BackupArn> backups = new ArrayList<>();
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int client = 0; client < CLIENTS; client++) {
        int own = client;
        clients.add(threads.submit(() -> write(own)));
      }
      Archiver archiver =
          new Archiver(
              engine.store(),
              archive,
              engine.catalogue(),
              engine.clock(),
              UUID::randomUUID,
              engine.settings().streams(),
              new ArchiveSettings(600, Duration.ZERO, Duration.ofDays(1), 1 << 20));
      for (int i = 0; i < BACKUPS; i++) {
        long before = written.get();
        while (written.get() < before + WRITES_BETWEEN) {
          Thread.onSpinWait();
        }
        backups.add(
            engine
                .operations()
                .createBackup()
                .handle(TestEngine.CALLER, new CreateBackup.Request(TABLE, "backup"))
                .details()
                .arn());
        archiver.run();
      }
      stopped.set(true);
      for (Future<?> client : clients) {
        client.get();
      }
    }
    for (BackupArn backup : backups) {
      requireMoment(backup);
    }
    engine.close();
    assertThat(engine.check().named()).isEmpty();
  }

  private void write(int client) {
    for (long number = 0; !stopped.get(); number++) {
      Map<String, AttributeValue> attributes = new HashMap<>();
      attributes.put("id", new AttributeValue.S(client + "/" + number % KEYS));
      attributes.put("n", new AttributeValue.N(BigDecimal.valueOf(number)));
      engine.put(TABLE, new Item(attributes));
      written.incrementAndGet();
    }
  }

  private void requireMoment(BackupArn backup) {
    var _ =
        engine
            .operations()
            .restoreTableFromBackup()
            .handle(
                TestEngine.CALLER,
                new RestoreTableFromBackup.Request(
                    RESTORED, backup.toString(), RestoreOverrides.NONE));
    new Restorations(engine.store(), archive, engine.catalogue(), engine.clock(), engine.settings())
        .run();
    Map<String, Long> numbers = new HashMap<>();
    for (Item item : engine.items(RESTORED)) {
      numbers.put(
          ((AttributeValue.S) item.attributes().get("id")).value(),
          ((AttributeValue.N) item.attributes().get("n")).value().longValueExact());
    }
    for (int client = 0; client < CLIENTS; client++) {
      String prefix = client + "/";
      long last =
          numbers.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .mapToLong(Map.Entry::getValue)
              .max()
              .orElse(-1);
      for (long number = last; number > last - KEYS && number >= 0; number--) {
        assertThat(numbers.get(prefix + number % KEYS)).isEqualTo(number);
      }
    }
    engine.delete(RESTORED);
  }
}
