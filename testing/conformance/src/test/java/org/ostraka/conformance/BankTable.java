package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Accounts between which transactions transfer money, with an item for each transfer. It remembers
 * the transfers, so that {@link #verify} can judge the table after a crash. Any thread transfers;
 * {@link #verify} is called when all of them have ended.
 */
final class BankTable {

  private static final String NAME = "bank";
  private static final long START = 1_000;
  private static final int MAX_AMOUNT = 200;

  private final List<String> accounts =
      IntStream.range(0, 12).mapToObj(i -> "account-" + i).toList();
  private final Queue<Transfer> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Transfer> cancelled = new ConcurrentLinkedQueue<>();
  private final Queue<Transfer> unknown = new ConcurrentLinkedQueue<>();

  /** A transfer from one account to another; its name is also the request's token. */
  record Transfer(String name, String from, String to, long amount) {}

  void create(DynamoDbClient client) {
    client.createTable(create ->
        create
            .tableName(NAME)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build(),
                AttributeDefinition.builder()
                    .attributeName("n")
                    .attributeType(ScalarAttributeType.N)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
            // Every transfer moves two rows of this index; 'ostraka check' reports a row that does
            // not follow.
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("by-number")
                    .keySchema(
                        KeySchemaElement.builder().attributeName("n").keyType(KeyType.HASH).build())
                    .projection(projection -> projection.projectionType(ProjectionType.ALL))
                    .build())
            .billingMode(BillingMode.PAY_PER_REQUEST));
    List<TransactWriteItem> puts = new ArrayList<>();
    accounts.forEach(account ->
        puts.add(
            TransactWriteItem.builder()
                .put(put -> put.tableName(NAME).item(item(account, START)))
                .build()));
    client.transactWriteItems(write -> write.transactItems(puts));
  }

  /** Writes to an account without changing its balance. */
  void touch(DynamoDbClient client) {
    client.updateItem(update ->
        update
            .tableName(NAME)
            .key(key(accounts.getFirst()))
            .updateExpression("SET n = n + :zero")
            .expressionAttributeValues(Map.of(":zero", number(0))));
  }

  Transfer next(Random random, String name) {
    int from = random.nextInt(accounts.size());
    int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
    return new Transfer(name, accounts.get(from), accounts.get(to), 1 + random.nextInt(MAX_AMOUNT));
  }

  /**
   * Makes a transfer unless the account has too little. After an exception the outcome is unknown.
   */
  void transfer(DynamoDbClient client, Transfer transfer) {
    try {
      client.transactWriteItems(write ->
          write
              .clientRequestToken(transfer.name())
              .transactItems(
                  change(transfer.from(), "SET n = n - :a", "n >= :a", transfer.amount()),
                  change(
                      transfer.to(), "SET n = n + :a", "attribute_exists(id)", transfer.amount()),
                  recorded(transfer)));
      acknowledged.add(transfer);
    } catch (TransactionCanceledException e) {
      cancelled.add(transfer);
    } catch (SdkException e) {
      unknown.add(transfer);
      throw e;
    }
  }

  /**
   * Checks that no money was made or lost, that each balance follows from the stored transfers, and
   * that these are all acknowledged ones and no cancelled one. Then sends each unanswered transfer
   * again.
   */
  void verify(DynamoDbClient client) {
    verifyBalances(client);
    List<Transfer> again = List.copyOf(unknown);
    unknown.clear();
    again.forEach(transfer -> transfer(client, transfer));
    verifyBalances(client);
  }

  private void verifyBalances(DynamoDbClient client) {
    Map<String, Long> table = scan(client);
    Map<String, Long> balances = new HashMap<>();
    List<ItemResponse> responses =
        client
            .transactGetItems(get ->
                get.transactItems(
                    accounts.stream()
                        .map(account ->
                            TransactGetItem.builder()
                                .get(each -> each.tableName(NAME).key(key(account)))
                                .build())
                        .toList()))
            .responses();
    responses.forEach(response ->
        balances.put(response.item().get("id").s(), Long.parseLong(response.item().get("n").n())));
    assertThat(balances.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(accounts.size() * START);

    Map<String, Long> expected = new HashMap<>();
    accounts.forEach(account -> expected.put(account, START));
    acknowledged.forEach(transfer -> {
      assertThat(table).containsEntry(transfer.name(), transfer.amount());
      move(expected, transfer);
    });
    cancelled.forEach(transfer -> assertThat(table).doesNotContainKey(transfer.name()));
    unknown.stream()
        .filter(transfer -> table.containsKey(transfer.name()))
        .forEach(transfer -> move(expected, transfer));
    assertThat(balances).isEqualTo(expected);
    table.keySet().retainAll(accounts);
    assertThat(table).isEqualTo(balances);
  }

  private static Map<String, Long> scan(DynamoDbClient client) {
    Map<String, Long> numbers = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(NAME).consistentRead(true))
        .items()
        .forEach(item -> numbers.put(item.get("id").s(), Long.parseLong(item.get("n").n())));
    return numbers;
  }

  private static void move(Map<String, Long> balances, Transfer transfer) {
    balances.merge(transfer.from(), -transfer.amount(), Long::sum);
    balances.merge(transfer.to(), transfer.amount(), Long::sum);
  }

  private static TransactWriteItem change(
      String account, String update, String condition, long amount) {
    return TransactWriteItem.builder()
        .update(change ->
            change
                .tableName(NAME)
                .key(key(account))
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeValues(Map.of(":a", number(amount))))
        .build();
  }

  private static TransactWriteItem recorded(Transfer transfer) {
    return TransactWriteItem.builder()
        .put(put ->
            put.tableName(NAME)
                .item(item(transfer.name(), transfer.amount()))
                .conditionExpression("attribute_not_exists(id)"))
        .build();
  }

  private static Map<String, AttributeValue> item(String id, long number) {
    return Map.of("id", AttributeValue.fromS(id), "n", number(number));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
