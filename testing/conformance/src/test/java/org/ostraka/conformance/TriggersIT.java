package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A function behind a URL gets every change of a table, in the order of each item, although it
 * fails, the server is killed with SIGKILL, and shards get successors. A filter keeps away what the
 * function does not want.
 */
@Timeout(300)
final class TriggersIT {
  private static final String TABLE = "votes";
  private static final int VOTERS = 8;
  private static final int ROUNDS = 3;
  private static final int VERSIONS_OF_A_ROUND = 60;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  /** The versions of each voter as the function has taken them. */
  private final Map<String, List<Integer>> taken = new HashMap<>();

  private int calls;
  private HttpServer function;

  @BeforeEach
  void startFunction() throws IOException {
    function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    function.createContext("/", this::answer);
    function.setExecutor(Executors.newFixedThreadPool(4));
    function.start();
  }

  @AfterEach
  void stopFunction() {
    function.stop(0);
  }

  @Test
  void aFunctionGetsEveryChangeInOrder() throws Exception {
    Path data = directory.resolve("data");
    Path triggers = directory.resolve("triggers.json");
    Files.writeString(triggers, configuration());
    for (int round = 0; round < ROUNDS; round++) {
      try (OstrakaProcess server = serve(data, triggers);
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        if (round == 0) {
          createTable(client);
        }
        int first = round * VERSIONS_OF_A_ROUND;
        for (int version = first; version < first + VERSIONS_OF_A_ROUND; version++) {
          put(client, version, "yes");
          put(client, version, "unwanted");
        }
        server.kill9();
      }
    }
    try (OstrakaProcess server = serve(data, triggers)) {
      await(this::hasEverything);
      assertThat(server.terminate().status()).isZero();
    }
    synchronized (this) {
      taken.forEach((voter, versions) ->
          assertThat(versions.stream().distinct().toList()).as(voter).isSorted());
      assertThat(taken).as("no change that the filter refuses").hasSize(VOTERS);
    }
  }

  @Test
  void aWrongConfigurationIsRefusedAtStart() throws Exception {
    Path triggers = directory.resolve("wrong.json");
    Files.writeString(triggers, configuration().replace("\"BatchSize\": 20", "\"BatchSize\": 0"));
    OstrakaProcess.Ended ended =
        OstrakaProcess.run(
            "serve", "--in-memory", "--port", "0", "--triggers", triggers.toString());
    assertThat(ended.status()).isNotZero();
    assertThat(ended.output()).contains("Triggers[0].BatchSize");
  }

  private String configuration() {
    return """
    {"Triggers": [{
      "Name": "count", "Table": "%s", "Endpoint": "http://127.0.0.1:%d/count",
      "BatchSize": 20, "StartingPosition": "TRIM_HORIZON", "ParallelizationFactor": 2,
      "FilterCriteria": {"Filters": [
        {"Pattern": "{\\"dynamodb\\":{\\"NewImage\\":{\\"choice\\":{\\"S\\":[\\"yes\\"]}}}}"}]}}]}
    """
        .formatted(TABLE, function.getAddress().getPort());
  }

  private static OstrakaProcess serve(Path data, Path triggers) throws InterruptedException {
    return OstrakaProcess.serveWith(
        data, "--triggers", triggers.toString(), "--stream-shards", "2", "--shard-lifetime", "2");
  }

  private static void createTable(DynamoDbClient client) {
    client.createTable(
        VoteTable.request(TABLE).toBuilder()
            .streamSpecification(stream ->
                stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
            .build());
  }

  private static void put(DynamoDbClient client, int version, String choice) {
    String voter = version % VOTERS + ("yes".equals(choice) ? "" : "-" + choice);
    Map<String, AttributeValue> item = new HashMap<>(VoteTable.key(voter));
    item.put("version", AttributeValue.fromN(Integer.toString(version)));
    item.put("choice", AttributeValue.fromS(choice));
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  /** Takes a batch, or fails: each third call. */
  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls++;
    boolean fails = calls % 3 == 0;
    if (!fails) {
      for (JsonNode record :
          JsonNode.parser().parse(body).field("Records").orElseThrow().asArray()) {
        take(record.field("dynamodb").orElseThrow().field("NewImage").orElseThrow());
      }
    }
    exchange.sendResponseHeaders(fails ? 500 : 200, -1);
    exchange.close();
  }

  private void take(JsonNode image) {
    String voter = Kinesalite.text(image.field("PK").orElseThrow(), "S");
    String version = Kinesalite.text(image.field("version").orElseThrow(), "N");
    taken.computeIfAbsent(voter, _ -> new ArrayList<>()).add(Integer.parseInt(version));
  }

  private synchronized boolean hasEverything() {
    long versions =
        taken.values().stream().mapToLong(each -> each.stream().distinct().count()).sum();
    return versions >= ROUNDS * VERSIONS_OF_A_ROUND;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen within " + OstrakaProcess.LIMIT);
      }
      Thread.onSpinWait();
    }
  }
}
