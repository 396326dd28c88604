package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A disk that clients filled to the brim is freed by requests alone: DeleteTable and the deletion
 * of all items are accepted, and give their room back within a minute, also after a restart.
 * Skipped where no disk may be mounted, and without {@code -Dostraka.freed=true}: FreedDiskTest
 * does the same to a store in less time.
 */
@EnabledIfSystemProperty(named = "ostraka.freed", matches = "true")
final class FreedDiskIT {
  private static final String TABLE = "votes";
  private static final String KEPT = "kept";
  private static final int ITEM_BYTES = 100_000;
  private static final int REFUSALS = 20;
  private static final int MAX_ITEMS = 10_000;
  private static final int DELETIONS_AT_ONCE = 25;
  private static final long MAX_SECONDS = 60;
  private static final long WANTED_BYTES = 130L << 20;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = Seed.announcedFor(FreedDiskIT.class).random(0);
  private SmallFileSystem disk;
  private int items;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallFileSystem.mountAt(directory.resolve("small"));
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  void aTableThatIsDeletedGivesItsRoomBack() throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      fill(client);
      client.deleteTable(delete -> delete.tableName(TABLE));
      awaitRoom();
      assertWritesWork(client);
      server.kill9();
    }
    assertNothingElseIsLost();
  }

  @Test
  void aTableIsDeletedAfterARestartOnTheFullDisk() throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      fill(client);
      server.kill9();
    }
    try (OstrakaProcess server = OstrakaProcess.serve(data());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.deleteTable(delete -> delete.tableName(TABLE));
      awaitRoom();
      assertWritesWork(client);
      server.kill9();
    }
    assertNothingElseIsLost();
  }

  @Test
  void itemsThatAreDeletedGiveTheirRoomBack() throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      fill(client);
      deleteItems(client);
      awaitRoom();
      assertWritesWork(client);
      server.kill9();
    }
    assertNothingElseIsLost();
  }

  private Path data() {
    return disk.path().resolve("data");
  }

  /** Puts items until they are refused, and goes on for a while, as clients do. */
  private void fill(DynamoDbClient client) {
    client.createTable(VoteTable.request(KEPT));
    client.createTable(VoteTable.request(TABLE));
    client.putItem(put -> put.tableName(KEPT).item(VoteTable.key("kept")));
    for (int refusals = 0; refusals < REFUSALS; ) {
      assertThat(items).as("items on a disk of 192 MB").isLessThan(MAX_ITEMS);
      try {
        put(client, items);
        items++;
      } catch (DynamoDbException full) {
        assertThat(full.awsErrorDetails().errorMessage()).containsIgnoringCase("disk is full");
        refusals++;
      }
    }
    System.out.printf("FreedDiskIT: %d items, %d MB are free%n", items, disk.freeBytes() >> 20);
  }

  private void put(DynamoDbClient client, int number) {
    byte[] noise = new byte[ITEM_BYTES];
    random.nextBytes(noise);
    Map<String, AttributeValue> item = new HashMap<>(VoteTable.key("" + number));
    item.put("noise", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(noise)));
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private void deleteItems(DynamoDbClient client) {
    List<WriteRequest> deletions = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      String voter = "" + i;
      deletions.add(
          WriteRequest.builder().deleteRequest(delete -> delete.key(VoteTable.key(voter))).build());
      if (deletions.size() == DELETIONS_AT_ONCE || i == items - 1) {
        Map<String, List<WriteRequest>> batch = Map.of(TABLE, List.copyOf(deletions));
        assertThat(client.batchWriteItem(write -> write.requestItems(batch)).unprocessedItems())
            .isEmpty();
        deletions.clear();
      }
    }
  }

  private void awaitRoom() {
    long start = System.nanoTime();
    while (disk.freeBytes() < WANTED_BYTES) {
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("seconds; %d MB are free", disk.freeBytes() >> 20)
          .isLessThan(MAX_SECONDS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    System.out.printf(
        "FreedDiskIT: %d MB are free after %d ms%n",
        disk.freeBytes() >> 20, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static void assertWritesWork(DynamoDbClient client) {
    for (int i = 0; i < 100; i++) {
      String voter = "again " + i;
      client.putItem(put -> put.tableName(KEPT).item(VoteTable.key(voter)));
    }
  }

  private void assertNothingElseIsLost() throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertThat(client.scan(scan -> scan.tableName(KEPT)).count()).isEqualTo(101);
      server.kill9();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data().toString());
    assertThat(check.status()).as(check.output()).isZero();
  }
}
