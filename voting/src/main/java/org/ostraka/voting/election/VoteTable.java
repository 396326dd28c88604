package org.ostraka.voting.election;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The one table of the voting system, in one region or more (global tables, version 2019.11.21).
 * Any thread.
 *
 * @param clients by region, the operator's own region first
 */
public record VoteTable(String name, Map<String, DynamoDbClient> clients) {

  public VoteTable {
    clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    if (clients.isEmpty()) {
      throw new IllegalArgumentException("a table is in a region");
    }
  }

  /** Returns the regions, the own one first. */
  public List<String> regions() {
    return List.copyOf(clients.keySet());
  }

  /** Returns the table of checkpoints, tallies and audit logs, which belongs to this one. */
  public VoteTable counts() {
    return new VoteTable(name + "-count", clients);
  }

  /** Returns the client for a region. */
  public DynamoDbClient in(String region) {
    return Optional.ofNullable(clients.get(region))
        .orElseThrow(() -> new IllegalArgumentException("no endpoint for region " + region));
  }

  /** Returns a row as a region has it now; empty when there is none. */
  public Optional<Map<String, AttributeValue>> read(
      String region, Map<String, AttributeValue> key) {
    return Optional.of(
            in(region).getItem(it -> it.tableName(name).key(key).consistentRead(true)).item())
        .filter(item -> !item.isEmpty());
  }

  /**
   * Returns rows as a region has them now, in the order of their keys, of which no two are the
   * same. What the region does not read at once is empty.
   *
   * @param keys at most 100
   */
  public List<Optional<Map<String, AttributeValue>>> readEach(
      String region, List<Map<String, AttributeValue>> keys) {
    if (keys.size() == 1) {
      return List.of(read(region, keys.getFirst()));
    }
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
    in(region)
        .batchGetItem(it -> it.requestItems(Map.of(name, wanted(keys))))
        .responses()
        .getOrDefault(name, List.of())
        .forEach(row -> found.put(Keys.of(row), row));
    return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
  }

  private static KeysAndAttributes wanted(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
  }

  /** Returns all rows of a partition as a region has them now. */
  public List<Map<String, AttributeValue>> readAll(String region, String partition) {
    return readForwards(region, partition).toList();
  }

  /**
   * Returns the rows of a partition as a region has them now, the first one first. Pages are read
   * while the stream is consumed.
   */
  public Stream<Map<String, AttributeValue>> readForwards(String region, String partition) {
    return in(region)
        .queryPaginator(it ->
            it.tableName(name)
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
                .consistentRead(true))
        .items()
        .stream();
  }

  /** Returns the rows of a partition as a region has them now, the last one first, page by page. */
  public Iterable<Map<String, AttributeValue>> readBackwards(String region, String partition) {
    return in(region)
        .queryPaginator(it ->
            it.tableName(name)
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
                .scanIndexForward(false)
                .limit(1)
                .consistentRead(true))
        .items();
  }

  /** Returns the last row of a partition as a region has it now; empty when there is none. */
  public Optional<Map<String, AttributeValue>> readLast(String region, String partition) {
    return in(region)
        .query(it ->
            it.tableName(name)
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
                .scanIndexForward(false)
                .limit(1)
                .consistentRead(true))
        .items()
        .stream()
        .findFirst();
  }

  /** Adds a row to a region; returns false when there is one already. */
  public boolean add(String region, Map<String, AttributeValue> row) {
    try {
      var _ =
          in(region)
              .putItem(it ->
                  it.tableName(name).item(row).conditionExpression("attribute_not_exists(PK)"));
      return true;
    } catch (ConditionalCheckFailedException exists) {
      return false;
    }
  }

  /** Writes a transaction in a region; returns false when a condition does not hold. */
  public boolean commit(String region, List<TransactWriteItem> actions) {
    try {
      var _ = in(region).transactWriteItems(it -> it.transactItems(actions));
      return true;
    } catch (TransactionCanceledException cancelled) {
      Predicate<String> isCondition = "ConditionalCheckFailed"::equals;
      if (cancelled.cancellationReasons().stream().anyMatch(it -> isCondition.test(it.code()))) {
        return false;
      }
      throw cancelled;
    }
  }

  /** Creates the table in the own region unless it exists. */
  public void create() {
    try {
      var _ =
          in(regions().getFirst())
              .createTable(it ->
                  it.tableName(name)
                      .attributeDefinitions(text(Keys.PARTITION), text(Keys.SORT))
                      .keySchema(part(Keys.PARTITION, KeyType.HASH), part(Keys.SORT, KeyType.RANGE))
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .streamSpecification(s ->
                          s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    } catch (ResourceInUseException _) {
      return;
    }
  }

  /**
   * Adds a replica that is missing in another region, unless the table is being changed; returns
   * whether one was missing.
   */
  public boolean addReplica() {
    Optional<TableDescription> table = describe(regions().getFirst());
    if (table.isEmpty()) {
      // A new table is described a moment later.
      return true;
    }
    Set<String> present = replicas(table.get());
    Optional<String> missing =
        regions().stream().skip(1).filter(region -> !present.contains(region)).findFirst();
    missing.filter(_ -> isAtRest(table.get())).ifPresent(this::addReplicaIn);
    return missing.isPresent();
  }

  /** Begins to add a replica; does nothing when another client changes the table at this moment. */
  private void addReplicaIn(String region) {
    try {
      var _ =
          in(regions().getFirst())
              .updateTable(it ->
                  it.tableName(name)
                      .replicaUpdates(
                          ReplicationGroupUpdate.builder()
                              .create(replica -> replica.regionName(region))
                              .build()));
    } catch (ResourceInUseException _) {
      // The next look shows whether the replica is still missing.
      return;
    } catch (DynamoDbException refused) {
      // A replica that another client has added since the table was described is refused as
      // invalid.
      if (describe(regions().getFirst()).filter(it -> replicas(it).contains(region)).isEmpty()) {
        throw refused;
      }
    }
  }

  /** Returns whether every region has the table and knows all others as active. */
  public boolean isReady() {
    return regions().stream().allMatch(this::isReadyIn);
  }

  private boolean isReadyIn(String region) {
    return describe(region)
        .filter(VoteTable::isAtRest)
        .filter(table -> table.replicas().size() >= regions().size() - 1)
        .isPresent();
  }

  private Optional<TableDescription> describe(String region) {
    try {
      return Optional.of(in(region).describeTable(it -> it.tableName(name)).table());
    } catch (ResourceNotFoundException notYet) {
      return Optional.empty();
    }
  }

  /** Returns whether neither the table nor one of its replicas is being changed. */
  private static boolean isAtRest(TableDescription table) {
    return table.tableStatusAsString().equals("ACTIVE")
        && table.replicas().stream()
            .allMatch(replica -> replica.replicaStatus() == ReplicaStatus.ACTIVE);
  }

  private static Set<String> replicas(TableDescription table) {
    return table.replicas().stream()
        .map(replica -> replica.regionName())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static AttributeDefinition text(String attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement part(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }
}
