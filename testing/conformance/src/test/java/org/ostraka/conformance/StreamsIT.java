package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Replaying a stream rebuilds its table, although the server is killed with SIGKILL while many
 * clients write, items expire and shards get successors.
 *
 * <p>It kills the server {@code -Dostraka.stream.crashes=N} times, each time after 5,000 changes.
 */
@Timeout(3_600)
final class StreamsIT {
  private static final int CRASHES = Integer.getInteger("ostraka.stream.crashes", 2);
  private static final int WRITERS = 16;
  private static final int STEPS = 10;
  private static final int CHANGES_OF_A_STEP = 500;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(StreamsIT.class);
  private final StreamJournal journal = new StreamJournal();

  @Test
  void aReplayedStreamIsItsTable() throws Exception {
    Path data = directory.resolve("data");
    StreamReader follower;
    try (OstrakaProcess server = serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      follower = new StreamReader(StreamWriter.createTable(client));
      server.kill9();
    }
    for (int round = 0; round < CRASHES; round++) {
      try (OstrakaProcess server = serve(data)) {
        write(server, round, follower, true);
      }
    }
    try (OstrakaProcess server = serve(data)) {
      write(server, CRASHES, follower, false);
      verify(server, follower);
      assertThat(server.terminate().status()).isZero();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }

  private static OstrakaProcess serve(Path data) throws InterruptedException {
    return OstrakaProcess.serveWith(data, "--stream-shards", "2", "--shard-lifetime", "2");
  }

  /** Writes with many clients while the follower reads; then kills the server or stops them. */
  private void write(OstrakaProcess server, int round, StreamReader follower, boolean kill)
      throws Exception {
    Semaphore changes = new Semaphore(0);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Optional<SdkClientException>>> writers = new ArrayList<>();
    try (DynamoDbClient client = SdkClients.connect(server.endpoint());
        DynamoDbStreamsClient streams = SdkClients.connectToStreams(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int user = round * WRITERS + writer;
        writers.add(
            threads.submit(
                new StreamWriter(client, journal, "w" + user, seed.random(user), changes, stop)));
      }
      try {
        for (int step = 0; step < STEPS; step++) {
          boolean inTime =
              changes.tryAcquire(
                  CHANGES_OF_A_STEP, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
          assertThat(inTime).as("step %d of round %d", step, round).isTrue();
          follower.read(streams);
        }
        assertThat(writers).as("writers that ended early").noneMatch(Future::isDone);
        if (kill) {
          server.kill9();
        }
      } finally {
        stop.set(true);
      }
      for (Future<Optional<SdkClientException>> writer : writers) {
        Optional<SdkClientException> end = writer.get();
        assertThat(kill || end.isEmpty()).as("%s", end).isTrue();
      }
    }
  }

  private void verify(OstrakaProcess server, StreamReader follower) throws InterruptedException {
    try (DynamoDbClient client = SdkClients.connect(server.endpoint());
        DynamoDbStreamsClient streams = SdkClients.connectToStreams(server.endpoint())) {
      await(() ->
          scan(client).values().stream().noneMatch(item -> item.containsKey(StreamReplay.EXPIRES)));
      // Its open shards are closed with it: then each shard can be read to its end.
      client.updateTable(update ->
          update
              .tableName(StreamWriter.TABLE)
              .streamSpecification(stream -> stream.streamEnabled(false)));
      StreamReader late = new StreamReader(arn(client));
      await(() -> late.read(streams));
      await(() -> follower.read(streams));
      StreamReplay replay = late.replay();
      System.out.printf(
          "StreamsIT: %d kills, %d acknowledged changes; %d records, %d of them by time to live,"
              + " in %d shards%n",
          CRASHES, journal.changes(), replay.records(), replay.expirations(), late.finished());
      assertThat(replay.items()).isEqualTo(scan(client));
      assertThat(follower.replay().eventIds()).isEqualTo(replay.eventIds());
      journal.verify(replay);
      assertThat(replay.expirations()).isPositive();
      assertThat(late.finished()).as("shards").isGreaterThan(4);
    }
  }

  private static String arn(DynamoDbClient client) {
    return client
        .describeTable(describe -> describe.tableName(StreamWriter.TABLE))
        .table()
        .latestStreamArn();
  }

  private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> scan(
      DynamoDbClient client) {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(StreamWriter.TABLE).consistentRead(true))
        .items()
        .forEach(item -> items.put(Map.of("PK", item.get("PK"), "SK", item.get("SK")), item));
    return items;
  }

  /** Each answer is a round trip: nothing here needs to sleep. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
    }
  }
}
