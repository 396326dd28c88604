package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Backups, archiving and restorations go on after SIGKILL. What is restored has all that was
 * acknowledged before the backup began, and of each client's later writes those up to one of them.
 */
@Timeout(120)
final class BackupCrashIT {
  private static final String TABLE = "votes";
  private static final String RESTORED = "restored";
  private static final String LATEST = "latest";
  private static final int ITEMS = 1_500;
  private static final int BATCH = 25;
  private static final int CLIENTS = 3;
  private static final int KEYS = 11;
  private static final int MAX_MILLISECONDS = 250;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(BackupCrashIT.class);
  private final Random random = seed.random(-1);

  @Test
  void whatIsRestoredIsTheTableAtOneMoment() throws Exception {
    Path data = directory.resolve("data");
    String backup = fillAndKillTheBackup(data);
    restoreAndKill(data, backup);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      await(() -> status(client, RESTORED) == TableStatus.ACTIVE);
      requireMoment(items(client, RESTORED));
      await(() -> status(client, LATEST) == TableStatus.ACTIVE);
      assertThat(items(client, LATEST)).hasSize(ITEMS);
      assertThat(server.terminate().status()).isZero();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
    assertThat(check.output()).contains("objects, 0 problems");
  }

  private String fillAndKillTheBackup(Path data) throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      client.createTable(VoteTable.request(TABLE));
      for (int from = 0; from < ITEMS; from += BATCH) {
        put(client, from);
      }
      DescribeContinuousBackupsResponse before =
          client.describeContinuousBackups(describe -> describe.tableName(TABLE));
      assertThat(
              before
                  .continuousBackupsDescription()
                  .pointInTimeRecoveryDescription()
                  .pointInTimeRecoveryStatus())
          .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
      client.updateContinuousBackups(update ->
          update
              .tableName(TABLE)
              .pointInTimeRecoverySpecification(on -> on.pointInTimeRecoveryEnabled(true)));
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int own = i;
        writers.add(threads.submit(() -> write(client, own)));
      }
      String backup =
          client
              .createBackup(create -> create.tableName(TABLE).backupName("daily"))
              .backupDetails()
              .backupArn();
      waitAwhile();
      server.kill9();
      for (Future<?> writer : writers) {
        writer.get();
      }
      return backup;
    }
  }

  private void restoreAndKill(Path data, String backup) throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      await(() ->
          client
                  .describeBackup(describe -> describe.backupArn(backup))
                  .backupDescription()
                  .backupDetails()
                  .backupStatus()
              == BackupStatus.AVAILABLE);
      client.restoreTableFromBackup(restore -> restore.backupArn(backup).targetTableName(RESTORED));
      client.restoreTableToPointInTime(restore ->
          restore.sourceTableName(TABLE).targetTableName(LATEST).useLatestRestorableTime(true));
      waitAwhile();
      server.kill9();
    }
  }

  /** Lets a random time pass, in which the server does what it does. */
  private void waitAwhile() {
    Instant end = Instant.now().plusMillis(random.nextInt(MAX_MILLISECONDS));
    while (Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
  }

  private static void await(Supplier<Boolean> condition) {
    Instant end = Instant.now().plus(OstrakaProcess.LIMIT);
    while (!condition.get()) {
      assertThat(Instant.now()).isBefore(end);
    }
  }

  private static TableStatus status(DynamoDbClient client, String table) {
    return client.describeTable(describe -> describe.tableName(table)).table().tableStatus();
  }

  private static void put(DynamoDbClient client, int from) {
    List<WriteRequest> requests =
        IntStream.range(from, from + BATCH)
            .mapToObj(i ->
                WriteRequest.builder()
                    .putRequest(PutRequest.builder().item(item("voter" + i, 0)).build())
                    .build())
            .toList();
    client.batchWriteItem(batch -> batch.requestItems(Map.of(TABLE, requests)));
  }

  private static Map<String, AttributeValue> item(String voter, long number) {
    Map<String, AttributeValue> item = new HashMap<>(VoteTable.key(voter));
    item.put("n", AttributeValue.fromN(Long.toString(number)));
    item.put("text", AttributeValue.fromS("x".repeat(200)));
    return item;
  }

  /**
   * Writes one number after the other, in turn into the client's keys, until the server is gone.
   */
  private static void write(DynamoDbClient client, int own) {
    try {
      for (long number = 0; ; number++) {
        Map<String, AttributeValue> item = item(own + "/" + number % KEYS, number);
        client.putItem(put -> put.tableName(TABLE).item(item));
      }
    } catch (SdkException _) {
      // The server was killed.
    }
  }

  private static Map<String, Long> items(DynamoDbClient client, String table) {
    Map<String, Long> items = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("PK").s(), Long.parseLong(item.get("n").n())));
    return items;
  }

  private static void requireMoment(Map<String, Long> items) {
    for (int i = 0; i < ITEMS; i++) {
      assertThat(items).containsKey("VOTE#voter" + i);
    }
    for (int own = 0; own < CLIENTS; own++) {
      String prefix = "VOTE#" + own + "/";
      long last =
          items.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .mapToLong(Map.Entry::getValue)
              .max()
              .orElse(-1);
      for (long number = last; number >= 0 && number > last - KEYS; number--) {
        assertThat(items.get(prefix + number % KEYS)).isEqualTo(number);
      }
    }
  }
}
