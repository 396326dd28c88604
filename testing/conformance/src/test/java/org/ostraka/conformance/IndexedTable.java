package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A table that gets and loses an index while it is written. It remembers its writes. Each key is
 * used by one thread at a time; {@link #verify} is called when all writers have ended.
 */
final class IndexedTable {

  /** The attributes of the index's key. */
  enum IndexKey {
    STATE_AND_WEIGHT(
        definition("state", ScalarAttributeType.S), definition("weight", ScalarAttributeType.N)),
    REGION(definition("region", ScalarAttributeType.S));

    private final List<AttributeDefinition> attributes;

    IndexKey(AttributeDefinition... attributes) {
      this.attributes = List.of(attributes);
    }

    private Set<String> names() {
      return attributes.stream()
          .map(AttributeDefinition::attributeName)
          .collect(Collectors.toSet());
    }

    private List<KeySchemaElement> schema() {
      return IntStream.range(0, attributes.size())
          .mapToObj(i ->
              element(attributes.get(i).attributeName(), i == 0 ? KeyType.HASH : KeyType.RANGE))
          .toList();
    }
  }

  /** An unanswered transaction, which wrote both versions or neither. */
  private record Unanswered(KeyHistory one, long oneVersion, KeyHistory two, long twoVersion) {}

  private static final String NAME = "ballots";
  private static final String INDEX = "the-index";
  private static final String ID = "id";
  private static final Set<String> PROJECTED = Set.of("version");
  private static final int BATCH = 25;

  private final List<KeyHistory> keys;
  private final Queue<Unanswered> unanswered = new ConcurrentLinkedQueue<>();
  private final AtomicLong attempts = new AtomicLong();

  IndexedTable(int keys) {
    this.keys =
        IntStream.range(0, keys).mapToObj(i -> new KeyHistory("%06d".formatted(i))).toList();
  }

  void create(DynamoDbClient client) {
    client.createTable(create ->
        create
            .tableName(NAME)
            .attributeDefinitions(definition(ID, ScalarAttributeType.S))
            .keySchema(element(ID, KeyType.HASH))
            .billingMode(BillingMode.PAY_PER_REQUEST));
  }

  /** Writes the first versions of a writer's keys. */
  void fill(DynamoDbClient client, CrashWriter.Keys own) {
    List<KeyHistory> mine = histories(own);
    for (int i = 0; i < mine.size(); i += BATCH) {
      List<KeyHistory> batch = mine.subList(i, Math.min(i + BATCH, mine.size()));
      List<WriteRequest> puts =
          batch.stream()
              .map(history -> attempt(history).attributes())
              .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
              .toList();
      assertThat(
              client
                  .batchWriteItem(write -> write.requestItems(Map.of(NAME, puts)))
                  .unprocessedItems())
          .isEmpty();
      batch.forEach(history -> history.acknowledged(1));
    }
  }

  /** Writes one or two of a writer's keys. After an exception the outcome is unknown. */
  void write(DynamoDbClient client, CrashWriter.Keys own, Random random) {
    KeyHistory one = keys.get(own.first() + random.nextInt(count(own)) * own.step());
    KeyHistory two = keys.get(own.first() + random.nextInt(count(own)) * own.step());
    switch (random.nextInt(5)) {
      case 0 -> delete(client, one);
      case 1 -> {
        if (one != two) {
          putBoth(client, one, two);
        }
      }
      default -> put(client, one);
    }
  }

  private void put(DynamoDbClient client, KeyHistory history) {
    IndexedItem item = attempt(history);
    client.putItem(put -> put.tableName(NAME).item(item.attributes()));
    history.acknowledged(item.version());
  }

  private void delete(DynamoDbClient client, KeyHistory history) {
    attempts.incrementAndGet();
    history.attempted(KeyHistory.ABSENT);
    client.deleteItem(delete -> delete.tableName(NAME).key(IndexedItem.key(history.key())));
    history.acknowledged(KeyHistory.ABSENT);
  }

  private void putBoth(DynamoDbClient client, KeyHistory one, KeyHistory two) {
    IndexedItem first = attempt(one);
    IndexedItem second = attempt(two);
    Unanswered both = new Unanswered(one, first.version(), two, second.version());
    unanswered.add(both);
    client.transactWriteItems(
        write -> write.transactItems(Stream.of(first, second).map(IndexedTable::put).toList()));
    one.acknowledged(first.version());
    two.acknowledged(second.version());
    unanswered.remove(both);
  }

  private IndexedItem attempt(KeyHistory history) {
    attempts.incrementAndGet();
    IndexedItem item = new IndexedItem(history.key(), history.nextVersion());
    history.attempted(item.version());
    return item;
  }

  void addIndex(DynamoDbClient client, IndexKey key) {
    List<AttributeDefinition> definitions = new ArrayList<>(key.attributes);
    definitions.add(definition(ID, ScalarAttributeType.S));
    GlobalSecondaryIndexUpdate addition =
        GlobalSecondaryIndexUpdate.builder()
            .create(create ->
                create
                    .indexName(INDEX)
                    .keySchema(key.schema())
                    .projection(projection ->
                        projection
                            .projectionType(ProjectionType.INCLUDE)
                            .nonKeyAttributes(PROJECTED)))
            .build();
    client.updateTable(update ->
        update
            .tableName(NAME)
            .attributeDefinitions(definitions)
            .globalSecondaryIndexUpdates(addition));
  }

  void removeIndex(DynamoDbClient client) {
    GlobalSecondaryIndexUpdate removal =
        GlobalSecondaryIndexUpdate.builder().delete(delete -> delete.indexName(INDEX)).build();
    client.updateTable(update -> update.tableName(NAME).globalSecondaryIndexUpdates(removal));
  }

  /** Returns the index's description from DescribeTable; empty when the table has no index. */
  Optional<GlobalSecondaryIndexDescription> index(DynamoDbClient client) {
    return describe(client).globalSecondaryIndexes().stream().findFirst();
  }

  /**
   * Checks that the table has the acknowledged items, that the index is the projection of the
   * table, and that the reported sizes are correct up to what kills may have lost.
   */
  void verify(DynamoDbClient client, IndexKey key) {
    Map<String, Long> versions = new HashMap<>();
    Map<String, Map<String, AttributeValue>> entries = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(NAME).consistentRead(true))
        .items()
        .forEach(attributes -> {
          IndexedItem item = IndexedItem.parse(attributes);
          assertThat(versions.put(item.key(), item.version())).as(item.key()).isNull();
          item.entry(key.names(), PROJECTED).ifPresent(entry -> entries.put(item.key(), entry));
        });
    verifyWrites(versions);
    Map<String, Map<String, AttributeValue>> index = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(NAME).indexName(INDEX))
        .items()
        .forEach(entry -> assertThat(index.put(entry.get(ID).s(), entry)).isNull());
    assertThat(index.keySet()).as("items in the index").isEqualTo(entries.keySet());
    entries.forEach((id, entry) -> assertThat(index.get(id)).isEqualTo(entry));
    verifySizes(describe(client), versions.size(), entries.size());
  }

  private void verifyWrites(Map<String, Long> versions) {
    keys.forEach(history -> history.read(versions.getOrDefault(history.key(), KeyHistory.ABSENT)));
    for (Unanswered both : unanswered) {
      boolean newest =
          both.one().isNewest(both.oneVersion()) && both.two().isNewest(both.twoVersion());
      if (newest) {
        assertThat(Long.valueOf(both.oneVersion()).equals(versions.get(both.one().key())))
            .as("the transaction that wrote %s and %s", both.one().key(), both.two().key())
            .isEqualTo(Long.valueOf(both.twoVersion()).equals(versions.get(both.two().key())));
      }
    }
    keys.forEach(
        history -> history.settled(versions.getOrDefault(history.key(), KeyHistory.ABSENT)));
    unanswered.clear();
  }

  /**
   * Checks the reported sizes. A kill loses the counts of the last writes, each of which counts for
   * at most one item.
   */
  private void verifySizes(TableDescription table, int items, int entries) {
    long writes = attempts.get() - keys.size();
    assertThat(writes).as("writes that sizes may be wrong by").isLessThan(keys.size() / 2);
    assertThat(Math.abs(table.itemCount() - items)).as("items").isLessThanOrEqualTo(writes);
    assertThat(Math.abs(table.globalSecondaryIndexes().getFirst().itemCount() - entries))
        .as("entries of the index")
        .isLessThanOrEqualTo(writes);
  }

  private TableDescription describe(DynamoDbClient client) {
    return client.describeTable(describe -> describe.tableName(NAME)).table();
  }

  private List<KeyHistory> histories(CrashWriter.Keys own) {
    return IntStream.range(0, count(own))
        .mapToObj(i -> keys.get(own.first() + i * own.step()))
        .toList();
  }

  private int count(CrashWriter.Keys own) {
    return (keys.size() - own.first() + own.step() - 1) / own.step();
  }

  private static TransactWriteItem put(IndexedItem item) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(NAME).item(item.attributes()))
        .build();
  }

  private static AttributeDefinition definition(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
