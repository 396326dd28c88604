package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Puts, updates and deletes items, singly, in batches and in transactions, until it is told to stop
 * or the server is gone, and returns the failure that ended it. All writers use the same keys.
 * Releases a permit for each acknowledged change. Runs on one thread.
 */
final class StreamWriter implements Callable<Optional<SdkClientException>> {
  static final String TABLE = "votes";

  private static final int KEYS = 300;
  private static final int BATCH = 25;
  private static final int MAX_PADDING = 1_500;
  private static final int EXPIRE_EVERY = 10;

  private final DynamoDbClient client;
  private final StreamJournal journal;
  private final String name;
  private final Random random;
  private final Semaphore changes;
  private final AtomicBoolean stop;
  private int writes;

  /**
   * Creates the table of the writers with a stream and with time to live, and returns the stream's
   * ARN.
   */
  static String createTable(DynamoDbClient client) {
    String arn =
        client
            .createTable(
                VoteTable.request(TABLE).toBuilder()
                    .streamSpecification(stream ->
                        stream
                            .streamEnabled(true)
                            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                    .build())
            .tableDescription()
            .latestStreamArn();
    client.updateTimeToLive(request ->
        request
            .tableName(TABLE)
            .timeToLiveSpecification(to -> to.enabled(true).attributeName(StreamReplay.EXPIRES)));
    return arn;
  }

  /**
   * Makes a writer.
   *
   * @param name begins the ids of its writes; no other writer has it
   */
  StreamWriter(
      DynamoDbClient client,
      StreamJournal journal,
      String name,
      Random random,
      Semaphore changes,
      AtomicBoolean stop) {
    this.client = client;
    this.journal = journal;
    this.name = name;
    this.random = random;
    this.changes = changes;
    this.stop = stop;
  }

  @Override
  public Optional<SdkClientException> call() {
    try {
      while (!stop.get()) {
        write();
      }
      return Optional.empty();
    } catch (SdkClientException e) {
      return Optional.of(e);
    }
  }

  private void write() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> put();
      case 3, 4 -> update();
      case 5, 6 -> delete();
      case 7, 8 -> transact();
      default -> writeBatch();
    }
  }

  private void put() {
    String id = nextId();
    Map<String, AttributeValue> item = item(key(), id);
    try {
      client.putItem(put -> put.tableName(TABLE).item(item));
      acknowledge(List.of(id));
    } catch (TransactionConflictException _) {
      journal.refused(List.of(id));
    }
  }

  private void update() {
    String id = nextId();
    try {
      client.updateItem(update ->
          update
              .tableName(TABLE)
              .key(key())
              .updateExpression("SET #w = :w")
              .expressionAttributeNames(Map.of("#w", StreamReplay.ID))
              .expressionAttributeValues(Map.of(":w", AttributeValue.fromS(id))));
      acknowledge(List.of(id));
    } catch (TransactionConflictException _) {
      journal.refused(List.of(id));
    }
  }

  private void delete() {
    DeleteItemResponse response =
        client.deleteItem(
            delete -> delete.tableName(TABLE).key(key()).returnValues(ReturnValue.ALL_OLD));
    if (response.hasAttributes()) {
      journal.removed(response.attributes().get(StreamReplay.ID).s());
      changes.release();
    }
  }

  /** Puts one item, updates another and deletes a third. */
  private void transact() {
    List<String> ids = List.of(nextId(), nextId());
    List<Map<String, AttributeValue>> keys = keys(3);
    try {
      client.transactWriteItems(write ->
          write.transactItems(
              TransactWriteItem.builder()
                  .put(put -> put.tableName(TABLE).item(item(keys.get(0), ids.get(0))))
                  .build(),
              TransactWriteItem.builder()
                  .update(update ->
                      update
                          .tableName(TABLE)
                          .key(keys.get(1))
                          .updateExpression("SET #w = :w")
                          .expressionAttributeNames(Map.of("#w", StreamReplay.ID))
                          .expressionAttributeValues(
                              Map.of(":w", AttributeValue.fromS(ids.get(1)))))
                  .build(),
              TransactWriteItem.builder()
                  .delete(delete -> delete.tableName(TABLE).key(keys.get(2)))
                  .build()));
      acknowledge(ids);
    } catch (TransactionCanceledException e) {
      e.cancellationReasons()
          .forEach(reason -> assertThat(reason.code()).isIn("None", "TransactionConflict"));
      journal.refused(ids);
    } catch (SdkClientException e) {
      journal.unansweredTransaction(ids);
      throw e;
    }
  }

  private void writeBatch() {
    List<String> ids = new ArrayList<>();
    List<WriteRequest> batch = new ArrayList<>();
    for (Map<String, AttributeValue> key : keys(1 + random.nextInt(BATCH))) {
      if (random.nextInt(4) == 0) {
        batch.add(WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build());
      } else {
        String id = nextId();
        ids.add(id);
        Map<String, AttributeValue> item = item(key, id);
        batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
      }
    }
    BatchWriteItemResponse response =
        client.batchWriteItem(write -> write.requestItems(Map.of(TABLE, batch)));
    assertThat(response.unprocessedItems()).isEmpty();
    acknowledge(ids);
  }

  private void acknowledge(List<String> ids) {
    journal.acknowledged(ids);
    changes.release(ids.size());
  }

  private String nextId() {
    return name + "-" + writes++;
  }

  private Map<String, AttributeValue> key() {
    return VoteTable.key(Integer.toString(random.nextInt(KEYS)));
  }

  /** Returns keys that differ. */
  private List<Map<String, AttributeValue>> keys(int count) {
    Set<String> voters = new TreeSet<>();
    while (voters.size() < count) {
      voters.add(Integer.toString(random.nextInt(KEYS)));
    }
    return voters.stream().map(VoteTable::key).toList();
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key, String id) {
    Map<String, AttributeValue> item = new HashMap<>(key);
    item.put(StreamReplay.ID, AttributeValue.fromS(id));
    item.put("padding", AttributeValue.fromS("x".repeat(random.nextInt(MAX_PADDING))));
    if (random.nextInt(EXPIRE_EVERY) == 0) {
      String expired = Long.toString(Instant.now().getEpochSecond() - 1);
      item.put(StreamReplay.EXPIRES, AttributeValue.fromN(expired));
    }
    return item;
  }
}
