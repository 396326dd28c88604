package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Two processes replicate a table with signed requests, while both are written to and killed with
 * SIGKILL in turn. {@code -Dostraka.rounds=100} makes a long run of it.
 */
final class RegionsIT {
  private static final String TABLE = "votes";
  private static final int ROUNDS = Integer.getInteger("ostraka.rounds", 1);
  private static final int WRITERS = 4;
  private static final int MAX_WRITES_BEFORE_KILL = 200;
  private static final int SHARED_KEYS = 20;
  private static final String ROOT = "arn:aws:iam::000000000000:root";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(RegionsIT.class);
  private final Site here = new Site("us-east-1", freePort());
  private final Site there = new Site("eu-west-1", freePort());
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** A region and the port of its process. */
  private record Site(String region, int port) {
    URI endpoint() {
      return URI.create("http://127.0.0.1:" + port);
    }
  }

  @Test
  void bothRegionsBecomeEqualAndNothingAcknowledgedIsLost() throws Exception {
    try (DynamoDbClient first = client(here);
        DynamoDbClient second = client(there)) {
      OstrakaProcess one = serve(here, there);
      OstrakaProcess two = serve(there, here);
      try {
        createReplicas(first, second);
        for (int round = 0; round < ROUNDS; round++) {
          boolean killsFirst = round % 2 == 0;
          OstrakaProcess victim = killsFirst ? one : two;
          writeAndKill(first, second, victim, round);
          if (killsFirst) {
            one = serve(here, there);
          } else {
            two = serve(there, here);
          }
        }
        await("both regions are equal", () -> areEqual(first, second));
        assertThat(items(first).keySet()).containsAll(acknowledged);
        OstrakaProcess.Ended report = report(here);
        assertThat(report.status()).as(report.output()).isZero();
        assertThat(report.output()).contains(TABLE).contains("eu-west-1").contains("ACTIVE");
      } finally {
        one.close();
        two.close();
      }
    }
  }

  private void createReplicas(DynamoDbClient first, DynamoDbClient second)
      throws InterruptedException {
    var _ =
        first.createTable(table ->
            table
                .tableName(TABLE)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
    for (int i = 0; i < 50; i++) {
      put(first, "before-" + i, "0");
    }
    var _ =
        first.updateTable(table ->
            table
                .tableName(TABLE)
                .replicaUpdates(
                    ReplicationGroupUpdate.builder()
                        .create(it -> it.regionName(there.region()))
                        .build()));
    await("the replica is active", () -> isReplicated(first) && isReplicated(second));
    await("the items of before are there", () -> areEqual(first, second));
  }

  private static boolean isReplicated(DynamoDbClient client) {
    try {
      TableDescription table = client.describeTable(it -> it.tableName(TABLE)).table();
      return table.replicas().size() == 1
          && table.replicas().getFirst().replicaStatus() == ReplicaStatus.ACTIVE;
    } catch (SdkException notYet) {
      return false;
    }
  }

  private void writeAndKill(
      DynamoDbClient first, DynamoDbClient second, OstrakaProcess victim, int round)
      throws Exception {
    Semaphore answered = new Semaphore(0);
    CountDownLatch killed = new CountDownLatch(1);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Random random = seed.random(round * WRITERS + writer);
        String name = "round-" + round + "-writer-" + writer;
        DynamoDbClient client = writer % 2 == 0 ? first : second;
        all.add(writers.submit(() -> write(client, name, random, answered, killed)));
      }
      int writes = seed.random(-1 - round).nextInt(MAX_WRITES_BEFORE_KILL);
      assertThat(answered.tryAcquire(writes, 60, TimeUnit.SECONDS)).isTrue();
      victim.kill9();
      killed.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  /** Writes items of its own, and items that the others write too, until the kill. */
  private void write(
      DynamoDbClient client,
      String name,
      Random random,
      Semaphore answered,
      CountDownLatch killed) {
    for (int i = 0; killed.getCount() > 0; i++) {
      try {
        String own = name + "-" + i;
        put(client, own, "1");
        acknowledged.add(own);
        String shared = "shared-" + random.nextInt(SHARED_KEYS);
        if (random.nextInt(4) == 0) {
          var _ = client.deleteItem(it -> it.tableName(TABLE).key(Map.of("id", text(shared))));
        } else {
          put(client, shared, own);
        }
        answered.release();
      } catch (SdkException unanswered) {
        return;
      }
    }
  }

  private static void put(DynamoDbClient client, String id, String value) {
    var _ =
        client.putItem(
            it -> it.tableName(TABLE).item(Map.of("id", text(id), "value", text(value))));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static boolean areEqual(DynamoDbClient first, DynamoDbClient second) {
    return items(first).equals(items(second));
  }

  private static Map<String, Map<String, AttributeValue>> items(DynamoDbClient client) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(it -> it.tableName(TABLE).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("id").s(), item));
    return items;
  }

  private OstrakaProcess serve(Site own, Site other) throws InterruptedException {
    OstrakaProcess server =
        OstrakaProcess.start(
            environment(),
            "serve",
            "--port",
            Integer.toString(own.port()),
            "--data",
            directory.resolve(own.region()).toString(),
            "--region",
            own.region(),
            "--peer",
            other.region() + "=" + other.endpoint(),
            "--peer-principal",
            ROOT);
    server.endpoint();
    return server;
  }

  private static Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(RootKey.ENVIRONMENT);
    all.put("OSTRAKA_PEER_ACCESS_KEY_ID", RootKey.ID);
    all.put("OSTRAKA_PEER_SECRET_ACCESS_KEY", RootKey.SECRET);
    return all;
  }

  private static OstrakaProcess.Ended report(Site site) throws InterruptedException {
    try (OstrakaProcess command =
        OstrakaProcess.start(
            Map.of("AWS_ACCESS_KEY_ID", RootKey.ID, "AWS_SECRET_ACCESS_KEY", RootKey.SECRET),
            "regions",
            "--endpoint-url",
            site.endpoint().toString())) {
      return command.awaitEnd();
    }
  }

  private static DynamoDbClient client(Site site) {
    return SdkClients.connect(
        site.endpoint(),
        AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET),
        Region.of(site.region()));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 600; i++) {
      if (condition.holds()) {
        return;
      }
      var _ = never.await(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within a minute: " + what);
  }
}
