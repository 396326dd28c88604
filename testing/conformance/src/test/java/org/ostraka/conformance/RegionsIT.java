package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Three processes with clocks up to nine seconds apart replicate a table while all are written to,
 * messages between them are late, lost, doubled and reordered, and each is killed with SIGKILL in
 * turn. {@code -Dostraka.regions.kills=30 -Dostraka.regions.changes=100000} makes a long run of it,
 * in which regions are also cut off.
 */
final class RegionsIT {
  private static final String TABLE = "votes";
  private static final String INDEX = "by-city";
  private static final int KILLS = Integer.getInteger("ostraka.regions.kills", 1);
  private static final int CHANGES = Integer.getInteger("ostraka.regions.changes", 900);
  private static final int WRITERS = KILLS > 1 ? 16 : 4;
  private static final int KEYS = Math.max(20, CHANGES / 100);
  private static final int ITEMS_BEFORE = 50;
  private static final List<String> FAULTS =
      List.of(
          "--replication-delay",
          "20",
          "--replication-loss-rate",
          "0.1",
          "--replication-duplicate-rate",
          "0.1",
          "--replication-reorder-rate",
          "0.3",
          "--replication-cut-rate",
          KILLS > 1 ? "0.002" : "0");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(RegionsIT.class);
  private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
  private final Semaphore answered = new Semaphore(0);

  @Test
  void allRegionsBecomeEqualAndTheirStreamsAreComplete() throws Exception {
    List<RegionSite> sites =
        List.of(
            new RegionSite("us-east-1", directory, "--clock-skew", "-5000"),
            new RegionSite("eu-west-1", directory),
            new RegionSite("ap-south-1", directory, "--clock-skew", "4000"));
    try {
      for (RegionSite site : sites) {
        acknowledged.put(site.region(), ConcurrentHashMap.newKeySet());
        site.start(sites, FAULTS);
      }
      for (RegionSite site : sites) {
        site.awaitStart();
      }
      createReplicas(sites);
      writeAndKill(sites);
      if (KILLS > 1) {
        heal(sites);
      }
      await("all regions are equal", () -> areEqual(sites));
      verify(sites);
    } finally {
      sites.forEach(RegionSite::close);
    }
  }

  private static void createReplicas(List<RegionSite> sites) throws InterruptedException {
    RegionSite first = sites.getFirst();
    createTable(first.client());
    for (int i = 0; i < ITEMS_BEFORE; i++) {
      put(first.client(), "before-" + i, "before-" + i);
    }
    for (RegionSite other : sites.subList(1, sites.size())) {
      await("a replica is added", () -> added(first.client(), other.region()));
      await("all are active", () -> isReplicated(first) && isReplicated(other));
    }
    await("the items of before are there", () -> areEqual(sites));
  }

  private static void createTable(DynamoDbClient client) {
    var _ =
        client.createTable(table ->
            table
                .tableName(TABLE)
                .attributeDefinitions(attribute("id"), attribute("city"))
                .keySchema(key("id"))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName(INDEX)
                        .keySchema(key("city"))
                        .projection(it -> it.projectionType(ProjectionType.ALL))
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  /** Asks for a replica; returns false when the other region was not reached. */
  private static boolean added(DynamoDbClient client, String region) {
    try {
      var _ =
          client.updateTable(table ->
              table
                  .tableName(TABLE)
                  .replicaUpdates(
                      ReplicationGroupUpdate.builder()
                          .create(it -> it.regionName(region))
                          .build()));
      return true;
    } catch (SdkException lost) {
      return false;
    }
  }

  private static boolean isReplicated(RegionSite site) {
    try {
      TableDescription table = site.client().describeTable(it -> it.tableName(TABLE)).table();
      return !table.replicas().isEmpty()
          && table.replicas().stream()
              .allMatch(replica -> replica.replicaStatus() == ReplicaStatus.ACTIVE);
    } catch (SdkException notYet) {
      return false;
    }
  }

  private void writeAndKill(List<RegionSite> sites) throws Exception {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (RegionSite site : sites) {
        for (int i = 0; i < WRITERS; i++) {
          String name = site.region() + "-" + i;
          Random random = seed.random(all.size());
          all.add(writers.submit(() -> write(site, name, random)));
        }
      }
      for (int kill = 0; kill < KILLS; kill++) {
        assertThat(answered.tryAcquire(CHANGES / (KILLS + 1), 300, TimeUnit.SECONDS)).isTrue();
        RegionSite victim = sites.get(kill % sites.size());
        victim.kill9();
        victim.start(sites, FAULTS);
        victim.awaitStart();
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  /** Writes until its share is answered, through the kills of its region. */
  private Void write(RegionSite site, String name, Random random) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    int wanted = CHANGES / WRITERS / 3;
    int done = 0;
    for (int i = 0; done < wanted; i++) {
      String key = "key-" + random.nextInt(KEYS);
      String id = name + "-" + i;
      try {
        if (random.nextInt(4) == 0) {
          var _ = site.client().deleteItem(it -> it.tableName(TABLE).key(Map.of("id", text(key))));
        } else {
          put(site.client(), key, id);
          acknowledged.get(site.region()).add(id);
        }
        done++;
        answered.release();
      } catch (SdkException unanswered) {
        var _ = never.await(100, TimeUnit.MILLISECONDS);
      }
    }
    return null;
  }

  private static void put(DynamoDbClient client, String key, String id) {
    Map<String, AttributeValue> item =
        Map.of(
            "id",
            text(key),
            "city",
            text("city-" + Math.floorMod(id.hashCode(), 7)),
            StreamReplay.ID,
            text(id));
    var _ = client.putItem(it -> it.tableName(TABLE).item(item));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  /** Starts all again without faults. */
  private static void heal(List<RegionSite> sites) throws InterruptedException {
    for (RegionSite site : sites) {
      site.terminate();
      site.start(sites, List.of());
    }
    for (RegionSite site : sites) {
      site.awaitStart();
    }
  }

  private static boolean areEqual(List<RegionSite> sites) {
    Map<String, Map<String, AttributeValue>> first = sites.getFirst().items(TABLE);
    return sites.stream().allMatch(site -> site.items(TABLE).equals(first));
  }

  private void verify(List<RegionSite> sites) throws InterruptedException {
    List<StreamReplay> replays = new ArrayList<>();
    for (RegionSite site : sites) {
      Map<String, Map<String, AttributeValue>> items = site.items(TABLE);
      assertThat(site.entries(TABLE, INDEX)).isEqualTo(items);
      // The replay refuses a hole, and a second record of one write: a change that came back.
      StreamReplay replay = site.replay(TABLE);
      Map<String, Map<String, AttributeValue>> replayed = new HashMap<>();
      replay.items().forEach((key, item) -> replayed.put(key.get("id").s(), item));
      items.keySet().removeIf(id -> id.startsWith("before-"));
      replayed.keySet().removeIf(id -> id.startsWith("before-"));
      assertThat(replayed).as("what the stream of %s has", site.region()).isEqualTo(items);
      assertThat(replay.written()).containsAll(acknowledged.get(site.region()));
      replays.add(replay);
      OstrakaProcess.Ended report = site.report();
      assertThat(report.status()).as(report.output()).isZero();
      assertThat(report.output()).contains(TABLE).contains("ACTIVE");
    }
    requireOneOrder(replays);
    System.out.printf(
        "RegionsIT: %d changes by %d writers in each of three regions, %d kills; records of the"
            + " streams: %s%n",
        CHANGES, WRITERS, KILLS, replays.stream().map(StreamReplay::records).toList());
  }

  /**
   * The later write wins everywhere, so there is one order of an item's writes of which each region
   * has seen a part: the regions' orders together have no circle.
   */
  private static void requireOneOrder(List<StreamReplay> replays) {
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    replays.forEach(replay -> keys.addAll(replay.orders().keySet()));
    for (Map<String, AttributeValue> key : keys) {
      List<List<String>> orders =
          replays.stream().map(replay -> replay.orders().getOrDefault(key, List.of())).toList();
      assertThat(WriteOrders.haveCircle(orders)).as("orders of %s", key).isFalse();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 1_200; i++) {
      if (condition.holds()) {
        return;
      }
      var _ = never.await(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within two minutes: " + what);
  }
}
