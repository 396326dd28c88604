package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/**
 * A hot key under real load: it is throttled, found and named. With a random suffix behind the key
 * the same load is not throttled: "Using write sharding to distribute workloads evenly in your
 * DynamoDB table" in the Developer Guide.
 */
final class HotKeyIT {
  private static final String TABLE = "votes";
  private static final String HOT_KEY = "CANDIDATE#7";
  private static final int SUFFIXES = 200;

  /** Forty partitions, each with 1,000 write units a second. */
  private static final long WARM_WRITE_UNITS = 40_000;

  /**
   * Ten seconds of load. Each of 16 writers rests 400 ms after a vote, so that there are 40 votes a
   * second at most. A vote of 98 units makes that 3,920 units a second: four times what one key may
   * have, a tenth of what the table has. The load on the one key goes on until enough was refused:
   * on a busy machine, where a vote takes up to 1.1 s, the key still gets more than it may have.
   */
  private static final int VOTES = 400;

  private static final int WRITERS = 16;
  private static final long REST_MILLIS = 400;
  private static final String TEXT = "x".repeat(100_000);

  /** As many refusals are enough to find the key. */
  private static final int ENOUGH = 20;

  private static final Duration LIMIT = OstrakaProcess.LIMIT.multipliedBy(2);

  @TempDir private Path directory;

  @Test
  void aHotKeyIsNamedAndARandomSuffixEndsTheThrottling() throws Exception {
    Random suffixes = Seed.announcedFor(HotKeyIT.class).random(0);
    try (OstrakaProcess server =
            OstrakaProcess.serveWith(
                directory.resolve("data"), "--capacity", "enforce", "--admin-port", "0");
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      URI admin = server.adminEndpoint();
      createTable(client);
      int refused = load(client, () -> HOT_KEY, Integer.MAX_VALUE);
      assertThat(refused).isGreaterThanOrEqualTo(ENOUGH);
      assertThat(hot(admin))
          .anyMatch(line ->
              line.startsWith("throttled partition ")
                  && line.contains("100.0 %")
                  && line.endsWith("\"" + HOT_KEY + "\""));
      // The server reports every ten seconds what it has throttled.
      assertThat(server.awaitError(HotKeyIT::namesTheKey)).isPresent();

      long events = throttleEvents(admin);
      assertThat(events).isGreaterThanOrEqualTo(refused);
      assertThat(load(client, () -> HOT_KEY + "." + suffixes.nextInt(SUFFIXES), VOTES)).isZero();
      assertThat(throttleEvents(admin)).isEqualTo(events);
      assertThat(advice(admin))
          .anyMatch(line -> line.strip().startsWith("000000000000/us-east-1/" + TABLE + " "))
          .anyMatch(line -> line.contains("write units a second"));
    }
  }

  /**
   * Votes until there were so many votes, or enough of them were refused.
   *
   * @return the number of votes that were refused
   */
  private static int load(DynamoDbClient client, Supplier<String> candidates, int most)
      throws Exception {
    AtomicInteger votes = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CompletableFuture<Void> end = new CompletableFuture<>();
    Runnable vote =
        () -> {
          int number = votes.incrementAndGet();
          if (number > most || refused.get() >= ENOUGH) {
            end.complete(null);
            return;
          }
          try {
            put(client, candidates.get(), number);
          } catch (ThrottlingException refusal) {
            assertThat(refusal.throttlingReasons())
                .extracting(reason -> reason.reason())
                .containsExactly("TableWriteKeyRangeThroughputExceeded");
            refused.incrementAndGet();
          }
        };
    // Closing it waits for the votes that are under way.
    try (ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        var _ =
            writers.scheduleWithFixedDelay(
                failing(vote, end), i * REST_MILLIS / WRITERS, REST_MILLIS, TimeUnit.MILLISECONDS);
      }
      end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
    return refused.get();
  }

  /** Passes on what a vote throws. */
  private static Runnable failing(Runnable vote, CompletableFuture<Void> end) {
    return () -> {
      try {
        vote.run();
      } catch (RuntimeException | AssertionError failure) {
        end.completeExceptionally(failure);
      }
    };
  }

  private static void put(DynamoDbClient client, String candidate, int number) {
    client.putItem(put ->
        put.tableName(TABLE)
            .item(
                Map.of(
                    "candidate",
                    AttributeValue.fromS(candidate),
                    "voter",
                    AttributeValue.fromN(String.valueOf(number)),
                    "text",
                    AttributeValue.fromS(TEXT))));
  }

  private static boolean namesTheKey(String line) {
    return line.contains("no capacity for ")
        && line.contains(":table/" + TABLE + ": TableWriteKeyRangeThroughputExceeded; ")
        && line.endsWith(" % of them for the partition key \"" + HOT_KEY + "\"");
  }

  /** Returns the lines of {@code ostraka advise} on the measured traffic. */
  private static List<String> advice(URI admin) throws InterruptedException {
    OstrakaProcess.Ended ended =
        OstrakaProcess.run("advise", "--admin-url", admin.toString(), "--table", TABLE);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.standardOutput();
  }

  /** Returns the lines of {@code ostraka hot}. */
  private static List<String> hot(URI admin) throws InterruptedException {
    OstrakaProcess.Ended ended = OstrakaProcess.run("hot", TABLE, "--admin-url", admin.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.standardOutput();
  }

  /** Returns how often the server found no capacity for a write, as its metrics say. */
  private static long throttleEvents(URI admin) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
      String metrics = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      List<String> counters =
          metrics
              .lines()
              .filter(line -> line.startsWith("dynamodb_write_throttle_events_total{"))
              .filter(line -> line.contains("table_name=\"" + TABLE + "\""))
              .toList();
      assertThat(counters).isNotEmpty();
      return counters.stream()
          .mapToLong(line -> Math.round(Double.parseDouble(line.split(" ")[1])))
          .sum();
    }
  }

  private static void createTable(DynamoDbClient client) {
    client.createTable(table ->
        table
            .tableName(TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .warmThroughput(
                warm -> warm.readUnitsPerSecond(12_000L).writeUnitsPerSecond(WARM_WRITE_UNITS))
            .attributeDefinitions(
                attribute("candidate", ScalarAttributeType.S),
                attribute("voter", ScalarAttributeType.N))
            .keySchema(key("candidate", KeyType.HASH), key("voter", KeyType.RANGE)));
    client.waiter().waitUntilTableExists(describe -> describe.tableName(TABLE));
    client.updateContributorInsights(update ->
        update.tableName(TABLE).contributorInsightsAction(ContributorInsightsAction.ENABLE));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
