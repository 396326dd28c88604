package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Throttled requests go through by the retries with back-off of the AWS SDK for Java. */
final class RetriesIT {
  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  private static final String TABLE = "retries";
  private static final int ROUNDS = 20;
  private static final int MAX_ATTEMPTS = 12;

  /** More puts than the table has room for. */
  private static final int PUTS = 100;

  /** Counts how often the last request was sent. One thread. */
  private static final class Attempts implements ExecutionInterceptor {
    private final AtomicInteger sent = new AtomicInteger();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      sent.set(0);
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      sent.incrementAndGet();
    }

    int ofLastRequest() {
      return sent.get();
    }
  }

  @Test
  void throttledRequestsGoThroughByRetries() throws InterruptedException {
    Attempts attempts = new Attempts();
    DynamoDbClient once = SERVER.client(Region.US_EAST_1);
    try (DynamoDbClient retrying = retrying(attempts)) {
      createThrottled(once);
      String last = "";
      // On a slow machine there may be room again between the refusal and the next put.
      for (int round = 0; round < ROUNDS && attempts.ofLastRequest() <= 1; round++) {
        // Without retries the table refuses what exceeds one write a second.
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
            .isThrownBy(() -> putMany(once))
            .satisfies(refusal ->
                assertThat(refusal.throttlingReasons())
                    .extracting(reason -> reason.reason())
                    .containsExactly("TableWriteProvisionedThroughputExceeded"));
        last = "kept-" + round;
        put(retrying, last);
      }
      assertThat(attempts.ofLastRequest()).isGreaterThan(1);
      assertIsThere(retrying, last);
      batch(retrying);
    }
  }

  /**
   * Sends what a batch leaves unprocessed again. An answer has at least one item processed: when
   * there is no room for any, the service refuses the batch, and the client backs off.
   */
  private static void batch(DynamoDbClient retrying) {
    List<String> ids = IntStream.range(0, 5).mapToObj(number -> "batched-" + number).toList();
    Map<String, List<WriteRequest>> items =
        Map.of(TABLE, ids.stream().map(RetriesIT::writeRequest).toList());
    for (int round = 0; round < ids.size() && !items.isEmpty(); round++) {
      Map<String, List<WriteRequest>> left = items;
      items = retrying.batchWriteItem(batch -> batch.requestItems(left)).unprocessedItems();
    }
    assertThat(items).isEmpty();
    ids.forEach(id -> assertIsThere(retrying, id));
  }

  private static WriteRequest writeRequest(String id) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item(id)).build()).build();
  }

  private static void putMany(DynamoDbClient client) {
    for (int number = 0; number < PUTS; number++) {
      put(client, "lost-" + number);
    }
  }

  private static void put(DynamoDbClient client, String id) {
    client.putItem(put -> put.tableName(TABLE).item(item(id)));
  }

  private static void assertIsThere(DynamoDbClient client, String id) {
    assertThat(
            client.getItem(get -> get.tableName(TABLE).key(item(id)).consistentRead(true)).item())
        .isEqualTo(item(id));
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static DynamoDbClient retrying(Attempts attempts) throws InterruptedException {
    return SdkClients.connectRetrying(SERVER.endpoint(), MAX_ATTEMPTS, attempts);
  }

  private static void createThrottled(DynamoDbClient client) {
    client.createTable(table ->
        table
            .tableName(TABLE)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
            .provisionedThroughput(
                ProvisionedThroughput.builder()
                    .readCapacityUnits(1L)
                    .writeCapacityUnits(1L)
                    .build())
            .tags(Tag.builder().key("ostraka:capacity").value("enforce").build()));
    client.waiter().waitUntilTableExists(describe -> describe.tableName(TABLE));
  }
}
