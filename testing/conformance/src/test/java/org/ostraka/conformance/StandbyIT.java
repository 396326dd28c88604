package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.testkit.postgres.PostgresServer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;

/**
 * A server whose eventually consistent reads go to a streaming standby. Its replay is paused, and
 * so an old answer shows that a request was answered by it.
 */
@Timeout(240)
final class StandbyIT {
  private static final String TABLE = "votes";
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("1"));

  @Test
  void eventualReadsGoToTheStandbyWhileItIsWithinTheBound() throws Exception {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    try (PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.startStandby()) {
      String database = primary.newDatabase();
      try (OstrakaProcess server = serve(primary.url(database), standby.url(database), "3600");
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        create(client);
        put(client, "old");
        await(() -> isUsedWhenPaused(client, standby));
        assertThat(consistent(client)).containsExactly("new");
        replace(client);
        assertThat(eventual(client)).as("a new table of the same name").containsExactly("absent");
        put(client, "newest");
        assertThat(consistent(client)).containsExactly("newest");
        try (OstrakaProcess strict = serve(primary.url(database), standby.url(database), "1");
            DynamoDbClient other = SdkClients.connect(strict.endpoint())) {
          assertThat(eventual(other)).as("beyond the bound").containsExactly("newest");
        }
        standby.stopAtOnce();
        assertThat(eventual(client)).as("without the standby").containsExactly("newest");
      }
    }
  }

  private static OstrakaProcess serve(String store, String reader, String lag) {
    return OstrakaProcess.start(
        Map.of("OSTRAKA_STORE", store, "OSTRAKA_STORE_READER", reader),
        "serve",
        "--port",
        "0",
        "--store-reader-lag",
        lag);
  }

  /** Stops the replay of the standby; returns whether a write is then missing in its reads. */
  private static boolean isUsedWhenPaused(DynamoDbClient client, PostgresServer standby) {
    standby.sql("SELECT pg_wal_replay_resume()");
    put(client, "old");
    await(() -> eventual(client).equals(Set.of("old")));
    standby.sql("SELECT pg_wal_replay_pause()");
    await(() -> standby.query("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    put(client, "new");
    return eventual(client).equals(Set.of("old"));
  }

  private static void create(DynamoDbClient client) {
    client.createTable(request ->
        request
            .tableName(TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
    var _ = client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
  }

  private static void replace(DynamoDbClient client) {
    client.deleteTable(request -> request.tableName(TABLE));
    var _ = client.waiter().waitUntilTableNotExists(request -> request.tableName(TABLE));
    create(client);
  }

  private static void put(DynamoDbClient client, String value) {
    client.putItem(request ->
        request
            .tableName(TABLE)
            .item(Map.of("id", AttributeValue.fromS("1"), "value", AttributeValue.fromS(value))));
  }

  private static Set<String> eventual(DynamoDbClient client) {
    return answers(client, false);
  }

  /** Returns what consistent reads and a transaction answer. */
  private static Set<String> consistent(DynamoDbClient client) {
    Set<String> answers = answers(client, true);
    TransactGetItem get =
        TransactGetItem.builder().get(item -> item.tableName(TABLE).key(KEY)).build();
    answers.add(
        value(
            client
                .transactGetItems(request -> request.transactItems(List.of(get)))
                .responses()
                .stream()
                .map(ItemResponse::item)
                .toList()));
    return answers;
  }

  /** Returns what each of the operations that read answers. */
  private static Set<String> answers(DynamoDbClient client, boolean consistent) {
    KeysAndAttributes keys =
        KeysAndAttributes.builder().keys(List.of(KEY)).consistentRead(consistent).build();
    return List.of(
            List.of(
                client
                    .getItem(
                        request -> request.tableName(TABLE).key(KEY).consistentRead(consistent))
                    .item()),
            client
                .batchGetItem(request -> request.requestItems(Map.of(TABLE, keys)))
                .responses()
                .get(TABLE),
            client
                .query(request ->
                    request
                        .tableName(TABLE)
                        .consistentRead(consistent)
                        .keyConditionExpression("id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("1"))))
                .items(),
            client.scan(request -> request.tableName(TABLE).consistentRead(consistent)).items(),
            client
                .executeStatement(request ->
                    request
                        .statement("SELECT * FROM " + TABLE + " WHERE id = '1'")
                        .consistentRead(consistent))
                .items())
        .stream()
        .map(StandbyIT::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String value(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .filter(item -> !item.isEmpty())
        .map(item -> item.get("value").s())
        .findFirst()
        .orElse("absent");
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
