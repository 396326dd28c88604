package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.KinesisDataStreamDestination;

/**
 * A table sends its changes to a Kinesis data stream, each at least once and those of an item in
 * their order, although the server is killed with SIGKILL, shards get successors and Kinesis does
 * not answer for a while.
 */
@Timeout(600)
final class KinesisIT {
  private static final String TABLE = "orders";
  private static final String STREAM = "changes";
  private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM;
  private static final String MISSING = "arn:aws:kinesis:us-east-1:000000000000:stream/missing";
  private static final int WRITERS = 4;
  private static final int ITEMS_OF_A_WRITER = 10;
  private static final int KILLS = 2;
  private static final int CHANGES_OF_A_ROUND = 600;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  /** The versions of each item whose writing was acknowledged. */
  private final Map<String, List<Integer>> acknowledged = new ConcurrentHashMap<>();

  @Test
  void everyChangeIsDeliveredInOrder() throws Exception {
    Path data = directory.resolve("data");
    try (Kinesalite kinesis = Kinesalite.start()) {
      kinesis.createStream(STREAM, 3);
      try (OstrakaProcess server = serve(data, kinesis);
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        enable(client);
      }
      for (int round = 0; round < KILLS; round++) {
        try (OstrakaProcess server = serve(data, kinesis)) {
          write(server, round, server::kill9);
        }
      }
      try (OstrakaProcess server = serve(data, kinesis);
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        kinesis.suspend();
        try {
          write(server, KILLS, () -> null);
        } finally {
          kinesis.resume();
        }
        assertThat(status(client)).isEqualTo(DestinationStatus.ACTIVE);
        awaitEverything(kinesis);
        client.disableKinesisStreamingDestination(
            request -> request.tableName(TABLE).streamArn(ARN));
        await(() -> status(client) == DestinationStatus.DISABLED);
        assertThat(server.terminate().status()).isZero();
      }
      OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
      assertThat(check.status()).as(check.output()).isZero();
    }
  }

  private static OstrakaProcess serve(Path data, Kinesalite kinesis) throws InterruptedException {
    return OstrakaProcess.serveWith(
        data,
        Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"),
        "--kinesis-endpoint",
        kinesis.endpoint().toString(),
        "--stream-shards",
        "2",
        "--shard-lifetime",
        "2");
  }

  /** A stream that does not exist cannot be enabled; the other one can. */
  private static void enable(DynamoDbClient client) throws InterruptedException {
    client.createTable(VoteTable.request(TABLE));
    client.enableKinesisStreamingDestination(
        request -> request.tableName(TABLE).streamArn(MISSING));
    await(() -> status(client) == DestinationStatus.ENABLE_FAILED);
    client.enableKinesisStreamingDestination(request -> request.tableName(TABLE).streamArn(ARN));
    await(() -> status(client) == DestinationStatus.ACTIVE);
  }

  /** Returns the state of the newest destination. */
  private static DestinationStatus status(DynamoDbClient client) {
    List<KinesisDataStreamDestination> destinations =
        client
            .describeKinesisStreamingDestination(request -> request.tableName(TABLE))
            .kinesisDataStreamDestinations();
    return destinations.getFirst().destinationStatus();
  }

  /** Writes with several clients, and does something while they write. */
  private void write(OstrakaProcess server, int round, Callable<?> meanwhile) throws Exception {
    Semaphore changes = new Semaphore(0);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<?>> writers = new ArrayList<>();
    try (DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "w" + writer;
        int first = round * 1_000_000;
        writers.add(threads.submit(() -> write(client, name, first, changes, stop)));
      }
      try {
        boolean inTime =
            changes.tryAcquire(
                CHANGES_OF_A_ROUND, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(inTime).as("changes of round %d", round).isTrue();
        meanwhile.call();
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private void write(
      DynamoDbClient client, String writer, int first, Semaphore changes, AtomicBoolean stop) {
    try {
      for (int version = first; !stop.get(); version++) {
        String item = writer + "-" + version % ITEMS_OF_A_WRITER;
        AttributeValue value = AttributeValue.fromN(Integer.toString(version));
        Map<String, AttributeValue> image = new HashMap<>(VoteTable.key(item));
        image.put("version", value);
        client.putItem(put -> put.tableName(TABLE).item(image));
        acknowledged.computeIfAbsent("VOTE#" + item, _ -> new ArrayList<>()).add(version);
        changes.release();
      }
    } catch (SdkClientException _) {
      // The server was killed: nobody knows what became of this write.
    }
  }

  /** Waits until everything that was acknowledged is in the stream, and verifies the order. */
  private void awaitEverything(Kinesalite kinesis) throws Exception {
    await(() -> isComplete(delivered(kinesis)));
    delivered(kinesis)
        .forEach((item, versions) -> {
          List<Integer> firstTimes = versions.stream().distinct().toList();
          assertThat(firstTimes).as("the changes of %s in their order", item).isSorted();
        });
  }

  private boolean isComplete(Map<String, List<Integer>> delivered) {
    return acknowledged.entrySet().stream()
        .allMatch(
            each -> delivered.getOrDefault(each.getKey(), List.of()).containsAll(each.getValue()));
  }

  /** Returns the versions of each item as the stream has them. */
  private static Map<String, List<Integer>> delivered(Kinesalite kinesis) throws Exception {
    Map<String, List<Integer>> versions = new HashMap<>();
    for (JsonNode record : kinesis.records(STREAM)) {
      assertThat(Kinesalite.text(record, "tableName")).isEqualTo(TABLE);
      JsonNode image =
          record.field("dynamodb").flatMap(change -> change.field("NewImage")).orElseThrow();
      String item = Kinesalite.text(image.field("PK").orElseThrow(), "S");
      String version = Kinesalite.text(image.field("version").orElseThrow(), "N");
      versions.computeIfAbsent(item, _ -> new ArrayList<>()).add(Integer.parseInt(version));
    }
    return versions;
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("it did not happen within " + OstrakaProcess.LIMIT);
        }
        Thread.onSpinWait();
      }
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
