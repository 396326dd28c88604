package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items expire in a real process, as the AWS SDK sees them, also when SIGKILL hits the sweeper. */
@Timeout(300)
final class TimeToLiveIT {
  private static final String TABLE = "sessions";
  private static final int BATCH = 25;
  private static final int ITEMS = 20_000;
  private static final int KILLS = 5;
  private static final int MAX_REQUESTS_BEFORE_KILL = 40;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = Seed.announcedFor(TimeToLiveIT.class).random(-1);

  @Test
  void expiredItemsAreDeletedAndOthersStay() throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(directory.resolve("data"));
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(VoteTable.request(TABLE));
      long now = Instant.now().getEpochSecond();
      put(client, "before", now - 60);
      enable(client);
      put(client, "expired", now - 60);
      put(client, "soon", now + 1);
      put(client, "later", now + 3_600);
      put(client, "old", now - 6 * 366 * 86_400L);
      await(() -> voters(client).equals(Set.of("later", "old")));
      assertThat(describe(client).attributeName()).isEqualTo("expires");
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> enable(client))
          .withMessageContaining("TimeToLive is already enabled");
      client.updateTimeToLive(request ->
          request
              .tableName(TABLE)
              .timeToLiveSpecification(to -> to.enabled(false).attributeName("expires")));
      assertThat(describe(client).timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
      assertThat(server.terminate().status()).isZero();
    }
  }

  /** Half of the items have expired. Kills hit the build of the index and the sweep. */
  @Test
  void aSweepGoesOnAfterEveryKill() throws Exception {
    Path data = directory.resolve("data");
    Set<String> kept = new TreeSet<>();
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(VoteTable.request(TABLE));
      fill(client, kept);
      enable(client);
      server.kill9();
    }
    int met = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      met += isKilledWhileSweeping(data, kept.size()) ? 1 : 0;
      assertCheckIsClean(data);
    }
    assertThat(met).as("kills that met the sweep").isPositive();
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      await(() -> count(client) <= kept.size());
      assertThat(voters(client)).isEqualTo(kept);
      assertThat(server.terminate().status()).isZero();
    }
    assertCheckIsClean(data);
  }

  /** Kills a process soon after it has begun to sweep; false when nothing is left to sweep. */
  private boolean isKilledWhileSweeping(Path data, int kept) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      // Not the table's count, which misses the changes of the seconds before a kill.
      int before = count(client);
      boolean isLeft = before > kept;
      if (isLeft) {
        await(() -> count(client) < before);
        int requests = random.nextInt(MAX_REQUESTS_BEFORE_KILL);
        for (int request = 0; request < requests; request++) {
          var _ = describe(client);
        }
      }
      server.kill9();
      return isLeft;
    }
  }

  /** Puts items of which every second one has expired, and adds the others to {@code kept}. */
  private static void fill(DynamoDbClient client, Set<String> kept) {
    long now = Instant.now().getEpochSecond();
    List<WriteRequest> batch = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String voter = "voter-" + i;
      boolean expired = i % 2 == 0;
      if (!expired) {
        kept.add(voter);
      }
      Map<String, AttributeValue> item = item(voter, expired ? now - 1 - i : now + 100_000 + i);
      batch.add(WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
      if (batch.size() == BATCH) {
        List<WriteRequest> writes = List.copyOf(batch);
        client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, writes)));
        batch.clear();
      }
    }
  }

  private static void put(DynamoDbClient client, String voter, long expires) {
    client.putItem(request -> request.tableName(TABLE).item(item(voter, expires)));
  }

  private static Map<String, AttributeValue> item(String voter, long expires) {
    Map<String, AttributeValue> item = new HashMap<>(VoteTable.key(voter));
    item.put("voter", AttributeValue.fromS(voter));
    item.put("expires", AttributeValue.fromN(Long.toString(expires)));
    return item;
  }

  private static void enable(DynamoDbClient client) {
    client.updateTimeToLive(request ->
        request
            .tableName(TABLE)
            .timeToLiveSpecification(to -> to.enabled(true).attributeName("expires")));
  }

  private static TimeToLiveDescription describe(DynamoDbClient client) {
    return client.describeTimeToLive(request -> request.tableName(TABLE)).timeToLiveDescription();
  }

  private static Set<String> voters(DynamoDbClient client) {
    Set<String> voters = new TreeSet<>();
    client
        .scanPaginator(request -> request.tableName(TABLE).consistentRead(true))
        .items()
        .forEach(item -> voters.add(item.get("voter").s()));
    return voters;
  }

  /** Returns the number of items. It is asked for again and again, so no answer has them. */
  private static int count(DynamoDbClient client) {
    return client
        .scanPaginator(
            request -> request.tableName(TABLE).consistentRead(true).select(Select.COUNT))
        .stream()
        .mapToInt(ScanResponse::count)
        .sum();
  }

  /** Each answer is a round trip: nothing here needs to sleep. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
    }
  }

  private static void assertCheckIsClean(Path data) throws InterruptedException {
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }
}
