package org.ostraka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ostraka.conformance.OstrakaProcess;
import org.ostraka.conformance.SdkClients;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A server that was started with a sink, and clients that write to its table. The server is killed
 * with SIGKILL under them; its shards get successors every two seconds. One thread.
 */
final class ServedSink {
  private static final String TABLE = "votes";
  private static final int WRITERS = 4;
  private static final int ITEMS = 10;
  private static final int WRITES_BEFORE_KILL = 800;

  private final Path data;
  private final Path settings;
  private final Map<String, Set<Integer>> acknowledged = new HashMap<>();
  private int written;

  /**
   * Makes a server that does not run yet.
   *
   * @param directory an empty one, for data and settings
   * @param broker the member of the sink's settings that names the broker
   */
  ServedSink(Path directory, String broker) throws IOException {
    this.data = directory.resolve("data");
    this.settings = directory.resolve("triggers.json");
    Files.writeString(
        settings,
        "{\"Sinks\": [{\"Name\": \"copy\", \"Table\": \"%s\", %s}]}".formatted(TABLE, broker));
  }

  /** What the broker was sent. */
  @FunctionalInterface
  interface Arrivals {
    /** Waits for more messages than before, and returns all in the order of each item. */
    List<String> more() throws Exception;
  }

  /** Writes, kills the server, starts it again, writes more, and waits until all has arrived. */
  void killAndRequireAll(Arrivals arrivals) throws Exception {
    try (OstrakaProcess server = serve()) {
      createTable(server);
      write(server, server::kill9);
    }
    try (OstrakaProcess server = serve()) {
      write(server, () -> {});
      List<String> events = arrivals.more();
      while (!hasAll(events)) {
        events = arrivals.more();
      }
      requireOrder(events);
      assertThat(server.terminate().status()).isZero();
    }
  }

  private OstrakaProcess serve() throws InterruptedException {
    return OstrakaProcess.serveWith(
        data, "--triggers", settings.toString(), "--stream-shards", "2", "--shard-lifetime", "2");
  }

  private static void createTable(OstrakaProcess server) throws InterruptedException {
    try (DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(create ->
          create
              .tableName(TABLE)
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName("id")
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .keySchema(
                  KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .streamSpecification(
                  stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  /** Lets clients write until there are enough writes, and then does something beneath them. */
  private void write(OstrakaProcess server, Step then) throws Exception {
    Semaphore writes = new Semaphore(0);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Map<String, Set<Integer>>>> writers = new ArrayList<>();
    try (DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        String name = "writer-" + written++;
        writers.add(threads.submit(() -> write(client, name, writes, stop)));
      }
      try {
        assertThat(
                writes.tryAcquire(
                    WRITES_BEFORE_KILL, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS))
            .isTrue();
        then.run();
      } finally {
        stop.set(true);
      }
      for (Future<Map<String, Set<Integer>>> writer : writers) {
        acknowledged.putAll(writer.get());
      }
    }
  }

  /** Returns the acknowledged values of each item. A client stops at the first failure. */
  private static Map<String, Set<Integer>> write(
      DynamoDbClient client, String name, Semaphore writes, AtomicBoolean stop) {
    Map<String, Set<Integer>> done = new HashMap<>();
    for (int value = 0; !stop.get(); value++) {
      String id = name + "-" + value % ITEMS;
      String text = Integer.toString(value);
      try {
        client.putItem(put ->
            put.tableName(TABLE)
                .item(Map.of("id", AttributeValue.fromS(id), "value", AttributeValue.fromS(text))));
      } catch (SdkClientException _) {
        return done;
      }
      done.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(value);
      writes.release();
    }
    return done;
  }

  private boolean hasAll(List<String> events) {
    Map<String, Set<Integer>> arrived = arrived(events);
    return acknowledged.entrySet().stream()
        .allMatch(
            item -> arrived.getOrDefault(item.getKey(), Set.of()).containsAll(item.getValue()));
  }

  /** The first arrivals of an item's values are in order; later ones are repetitions. */
  private static void requireOrder(List<String> events) {
    arrived(events).forEach((id, values) -> assertThat(List.copyOf(values)).as(id).isSorted());
  }

  private static Map<String, Set<Integer>> arrived(List<String> events) {
    Map<String, Set<Integer>> arrived = new HashMap<>();
    for (String event : events) {
      arrived
          .computeIfAbsent(Received.id(event), _ -> new LinkedHashSet<>())
          .add(Received.value(event));
    }
    return arrived;
  }
}
