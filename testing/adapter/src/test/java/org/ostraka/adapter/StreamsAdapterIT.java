package org.ostraka.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The DynamoDB Streams Kinesis adapter, with leases in the same server, reads a stream from its
 * start to its end: while clients write, shards get successors and are split, and one worker takes
 * over from another one. It sees every change as it was made, and those of an item in order.
 *
 * <p>Both workers wait for {@code -Dostraka.adapter.changes=N} changes each. {@code
 * -Dostraka.adapter.fresh=true} leaves the table of leases to the library, which takes up to 40
 * seconds more.
 */
@Timeout(300)
final class StreamsAdapterIT {
  private static final String TABLE = "votes";
  private static final int WRITERS = 4;
  private static final int CHANGES = Integer.getInteger("ostraka.adapter.changes", 500);
  private static final boolean FRESH = Boolean.getBoolean("ostraka.adapter.fresh");
  private static final long FEW_UNITS = 500;

  /** The service keeps such a table in three partitions: the stream's one shard is split twice. */
  private static final long MANY_UNITS = 2_500;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seen seen = new Seen();

  @Test
  void everyChangeIsSeenThroughSplitsAndSuccessors() throws Exception {
    try (OstrakaProcess server =
            OstrakaProcess.serveWith(directory.resolve("data"), "--shard-lifetime", "6");
        Clients clients = Clients.of(server.endpoint())) {
      String stream = createTable(clients);
      if (!FRESH) {
        LeaseTable.create(
            clients, Consumer.APPLICATION, shards(clients, stream).getFirst().shardId());
      }
      AtomicBoolean stop = new AtomicBoolean();
      try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
        List<Future<Map<String, List<Seen.Change>>>> writers = start(clients, threads, stop::get);
        try {
          readUntilASplit(clients, stream);
          readToTheEnd(clients, stream, () -> stop(stop, writers));
        } finally {
          stop.set(true);
          seen.room().release(WRITERS);
        }
      }
      assertThat(server.terminate().status()).isZero();
    }
  }

  private void readUntilASplit(Clients clients, String stream) throws InterruptedException {
    try (Consumer first = new Consumer(clients, stream, "first", seen)) {
      await("the first worker's records", () -> seen.count() > CHANGES);
      setUnits(clients, MANY_UNITS);
      await("the end of a shard that was split", () -> hasSeenASplit(clients, stream));
      first.stop();
    }
  }

  /** Takes over, ends the stream after more changes, reads it to its end, and compares. */
  private void readToTheEnd(
      Clients clients, String stream, Callable<Map<String, List<Seen.Change>>> end)
      throws Exception {
    long seenByFirst = seen.count();
    try (Consumer second = new Consumer(clients, stream, "second", seen)) {
      await("the second worker's records", () -> seen.count() > seenByFirst + CHANGES);
      Map<String, List<Seen.Change>> expected = end.call();
      disableStream(clients);
      List<Shard> shards = shards(clients, stream);
      await(
          "the end of all shards",
          () -> seen.ended().containsAll(shards.stream().map(Shard::shardId).toList()));
      second.stop();
      requireAll(clients, shards, expected);
    }
  }

  /** Stops the writers and returns their changes. */
  private Map<String, List<Seen.Change>> stop(
      AtomicBoolean stop, List<Future<Map<String, List<Seen.Change>>>> writers) throws Exception {
    stop.set(true);
    seen.room().release(WRITERS);
    Map<String, List<Seen.Change>> changes = new HashMap<>();
    for (Future<Map<String, List<Seen.Change>>> writer : writers) {
      changes.putAll(writer.get());
    }
    return changes;
  }

  private void requireAll(
      Clients clients, List<Shard> shards, Map<String, List<Seen.Change>> expected) {
    System.out.printf(
        "StreamsAdapterIT: %d changes of %d items in %d shards%n",
        seen.count(), expected.size(), shards.size());
    seen.changes().forEach((id, changes) -> assertThat(changes).as(id).isEqualTo(expected.get(id)));
    assertThat(seen.changes()).containsOnlyKeys(expected.keySet());
    seen.requireParentsFirst(shards);
    assertThat(shards.size()).as("shards").isGreaterThan(4);
    assertThat(clients.items().listTables().tableNames()).contains(Consumer.APPLICATION);
  }

  private static String createTable(Clients clients) {
    return clients
        .items()
        .createTable(create ->
            create
                .tableName(TABLE)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .provisionedThroughput(
                    units -> units.readCapacityUnits(1L).writeCapacityUnits(FEW_UNITS))
                .streamSpecification(specification ->
                    specification
                        .streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription()
        .latestStreamArn();
  }

  private static void disableStream(Clients clients) {
    clients
        .items()
        .updateTable(update ->
            update
                .tableName(TABLE)
                .streamSpecification(specification -> specification.streamEnabled(false)));
  }

  private static void setUnits(Clients clients, long units) {
    clients
        .items()
        .updateTable(update ->
            update
                .tableName(TABLE)
                .provisionedThroughput(to -> to.readCapacityUnits(1L).writeCapacityUnits(units)));
  }

  private List<Future<Map<String, List<Seen.Change>>>> start(
      Clients clients, ExecutorService threads, BooleanSupplier isOver) {
    long seed = Long.getLong("ostraka.seed", System.nanoTime());
    System.out.println("StreamsAdapterIT: -Dostraka.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Future<Map<String, List<Seen.Change>>>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          threads.submit(
              new Writer(
                  clients.items(), TABLE, "writer-" + i, random.split(), seen.room(), isOver)));
    }
    return writers;
  }

  /** Returns whether a shard with two children was read to its end. */
  private boolean hasSeenASplit(Clients clients, String stream) {
    Map<String, Long> children =
        shards(clients, stream).stream()
            .filter(shard -> shard.parentShardId() != null)
            .collect(Collectors.groupingBy(Shard::parentShardId, Collectors.counting()));
    return seen.ended().stream().anyMatch(shard -> children.getOrDefault(shard, 0L) == 2);
  }

  private static List<Shard> shards(Clients clients, String stream) {
    List<Shard> shards = new ArrayList<>();
    String from = null;
    do {
      String start = from;
      var page =
          clients
              .streams()
              .describeStream(describe -> describe.streamArn(stream).exclusiveStartShardId(start))
              .streamDescription();
      shards.addAll(page.shards());
      from = page.lastEvaluatedShardId();
    } while (from != null);
    return shards;
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in vain within " + LIMIT + ": " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
