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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.FaultyDisk.Errno;
import org.ostraka.conformance.FaultyDisk.Fault;
import org.ostraka.conformance.FaultyDisk.Operation;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;

/**
 * Whichever read of the disk fails beneath a request that reads, the answer is the right one or a
 * 500, and never one that lacks an item; when the disk is sound again, so are the answers.
 *
 * <p>It lets {@code -Dostraka.faults=N} reads of each operation fail, once and for ever.
 */
final class FailingReadIT {

  private static final int FAULTS = Integer.getInteger("ostraka.faults", 8);
  private static final int PARTITIONS = 20;
  private static final int ITEMS = 1_200;

  /** More than the server keeps in memory of a row. */
  private static final int ITEM_BYTES = 3_000;

  private static final String TABLE = "votes";

  /** A table that is read so that the block cache has nothing of the other. */
  private static final String OTHER = "other-votes";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = Seed.announcedFor(FailingReadIT.class).random(0);
  private final Map<Integer, Map<String, AttributeValue>> items = new HashMap<>();

  /** Reads items through one operation. */
  @FunctionalInterface
  private interface Reading {
    List<Map<String, AttributeValue>> items(DynamoDbClient client);
  }

  /** An operation, and the items that it has to answer. */
  private record Case(String name, Reading reading, Set<Map<String, AttributeValue>> expected) {}

  @Test
  void noAnswerLacksAnItemWhenAReadFails() throws Exception {
    Path data = directory.resolve("data");
    fill(data);
    FaultyDisk disk = FaultyDisk.under(directory);
    try (OstrakaProcess server = serve(data, disk);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      for (Case each : cases()) {
        long reads = readsWhenSound(disk, client, each);
        for (int i = 0; i < Math.min(FAULTS, reads); i++) {
          long number = 1 + random.nextLong(reads);
          fail(disk, client, each, Fault.once(Operation.READ, number, Errno.EIO));
          fail(disk, client, each, Fault.from(Operation.READ, number, Errno.EIO));
        }
      }
      OstrakaProcess.Ended end = server.terminate();
      assertThat(end.status()).as(end.output()).isZero();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }

  /** With so small a cache that almost every block comes from the disk. */
  private static OstrakaProcess serve(Path data, FaultyDisk disk) throws InterruptedException {
    OstrakaProcess server =
        OstrakaProcess.start(
            disk.environment(),
            "serve",
            "--port",
            "0",
            "--data",
            data.toString(),
            "--block-cache",
            "1");
    server.endpoint();
    return server;
  }

  /** Kills the server afterwards: the next one brings all items into table files as it starts. */
  private void fill(Path data) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      for (String table : List.of(TABLE, OTHER)) {
        client.createTable(VoteTable.request(table));
        for (int i = 0; i < ITEMS; i++) {
          Map<String, AttributeValue> item = item(i);
          client.putItem(put -> put.tableName(table).item(item));
          if (table.equals(TABLE)) {
            items.put(i, item);
          }
        }
      }
      server.kill9();
    }
  }

  private Map<String, AttributeValue> item(int number) {
    byte[] noise = new byte[ITEM_BYTES];
    random.nextBytes(noise);
    Map<String, AttributeValue> item = new HashMap<>(key(number));
    item.put("noise", AttributeValue.fromB(SdkBytes.fromByteArray(noise)));
    return item;
  }

  private long readsWhenSound(FaultyDisk disk, DynamoDbClient client, Case each) {
    forgetBlocks(client);
    long before = disk.seen(Operation.READ);
    assertRight(each, each.reading().items(client), "on a sound disk");
    long reads = disk.seen(Operation.READ) - before;
    assertThat(reads).as("reads of the disk beneath %s", each.name()).isPositive();
    System.out.printf("%s reads the disk %d times%n", each.name(), reads);
    return reads;
  }

  /** Lets a read fail whose number counts from now on. */
  private void fail(FaultyDisk disk, DynamoDbClient client, Case each, Fault fault) {
    forgetBlocks(client);
    long now = disk.seen(Operation.READ);
    long last = fault.last() == Long.MAX_VALUE ? fault.last() : now + fault.last();
    disk.fail(new Fault(fault.operation(), now + fault.first(), last, fault.errno()));
    String what = each.name() + ": " + fault;
    try {
      assertRight(each, each.reading().items(client), what);
    } catch (DynamoDbException told) {
      assertThat(told.statusCode()).as(what + ": " + told.getMessage()).isEqualTo(500);
      assertThat(disk.fired()).as("reads that failed").isPositive();
    } finally {
      disk.heal();
    }
    assertRight(each, each.reading().items(client), "after " + what);
  }

  private static void assertRight(Case each, List<Map<String, AttributeValue>> found, String what) {
    assertThat(found).as("items, %s", what).hasSameSizeAs(each.expected());
    assertThat(Set.copyOf(found).equals(each.expected())).as("items as put, %s", what).isTrue();
  }

  /** Reads so much else that the block cache has nothing of what was read before. */
  private static void forgetBlocks(DynamoDbClient client) {
    client.scanPaginator(scan -> scan.tableName(OTHER)).items().forEach(_ -> {});
  }

  private List<Case> cases() {
    List<Integer> some = List.of(0, 7, 155, 310, 311, 604, 777, 1_010, 1_199);
    Set<Map<String, AttributeValue>> someItems = itemsOf(some);
    Set<Map<String, AttributeValue>> area =
        itemsOf(IntStream.range(0, ITEMS).filter(i -> i % PARTITIONS == 3).boxed().toList());
    return List.of(
        new Case("GetItem", FailingReadIT::getItem, itemsOf(List.of(604))),
        new Case("BatchGetItem", client -> batchGetItem(client, some), someItems),
        new Case("TransactGetItems", client -> transactGetItems(client, some), someItems),
        new Case("Query", FailingReadIT::query, area),
        new Case("Scan", FailingReadIT::scan, new HashSet<>(items.values())),
        new Case("ExecuteStatement", FailingReadIT::select, area),
        new Case("BatchExecuteStatement", client -> selectEach(client, some), someItems));
  }

  private Set<Map<String, AttributeValue>> itemsOf(List<Integer> numbers) {
    Set<Map<String, AttributeValue>> found = new HashSet<>();
    numbers.forEach(number -> found.add(items.get(number)));
    return found;
  }

  private static List<Map<String, AttributeValue>> getItem(DynamoDbClient client) {
    return List.of(client.getItem(get -> get.tableName(TABLE).key(key(604))).item());
  }

  private static List<Map<String, AttributeValue>> batchGetItem(
      DynamoDbClient client, List<Integer> numbers) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    numbers.forEach(number -> keys.add(key(number)));
    keys.add(key(ITEMS));
    KeysAndAttributes asked = KeysAndAttributes.builder().keys(keys).build();
    var answer = client.batchGetItem(get -> get.requestItems(Map.of(TABLE, asked)));
    assertThat(answer.unprocessedKeys()).isEmpty();
    return answer.responses().get(TABLE);
  }

  private static List<Map<String, AttributeValue>> transactGetItems(
      DynamoDbClient client, List<Integer> numbers) {
    List<TransactGetItem> gets =
        numbers.stream()
            .map(number ->
                TransactGetItem.builder().get(get -> get.tableName(TABLE).key(key(number))).build())
            .toList();
    return client.transactGetItems(get -> get.transactItems(gets)).responses().stream()
        .map(ItemResponse::item)
        .toList();
  }

  private static List<Map<String, AttributeValue>> query(DynamoDbClient client) {
    return client
        .queryPaginator(query ->
            query
                .tableName(TABLE)
                .keyConditionExpression("PK = :area")
                .expressionAttributeValues(Map.of(":area", area(3))))
        .items()
        .stream()
        .toList();
  }

  private static List<Map<String, AttributeValue>> scan(DynamoDbClient client) {
    return client.scanPaginator(scan -> scan.tableName(TABLE)).items().stream().toList();
  }

  private static List<Map<String, AttributeValue>> select(DynamoDbClient client) {
    String statement = "SELECT * FROM votes WHERE PK = ?";
    return client
        .executeStatement(select -> select.statement(statement).parameters(area(3)))
        .items();
  }

  private static List<Map<String, AttributeValue>> selectEach(
      DynamoDbClient client, List<Integer> numbers) {
    List<BatchStatementRequest> statements =
        numbers.stream()
            .map(FailingReadIT::key)
            .map(key ->
                BatchStatementRequest.builder()
                    .statement("SELECT * FROM votes WHERE PK = ? AND SK = ?")
                    .parameters(key.get("PK"), key.get("SK"))
                    .build())
            .toList();
    List<BatchStatementResponse> responses =
        client.batchExecuteStatement(batch -> batch.statements(statements)).responses();
    assertThat(responses).allSatisfy(each -> assertThat(each.error()).isNull());
    return responses.stream().map(BatchStatementResponse::item).toList();
  }

  private static AttributeValue area(int number) {
    return AttributeValue.fromS("AREA#" + number);
  }

  private static Map<String, AttributeValue> key(int number) {
    return Map.of(
        "PK", area(number % PARTITIONS), "SK", AttributeValue.fromS("USER#%06d".formatted(number)));
  }
}
