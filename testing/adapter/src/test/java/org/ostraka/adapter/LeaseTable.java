package org.ostraka.adapter;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The table of leases as the Kinesis Client Library makes it for itself, with one lease that nobody
 * has taken. Its workers wait for up to 30 seconds before they fill an empty table, and for another
 * ten seconds when they make the index. Stateless.
 */
final class LeaseTable {
  private static final String KEY = "leaseKey";
  private static final String OWNER = "leaseOwner";
  private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

  private LeaseTable() {}

  /**
   * Creates the table of an application, with a lease at the beginning of a shard. The adapter
   * gives all shards the same range of hash keys, which streams do not have.
   */
  static void create(Clients clients, String application, String shard) {
    clients
        .items()
        .createTable(create ->
            create
                .tableName(application)
                .attributeDefinitions(text(KEY), text(OWNER))
                .keySchema(element(KEY, KeyType.HASH))
                .globalSecondaryIndexes(index())
                .billingMode(BillingMode.PAY_PER_REQUEST));
    StreamsAdapterIT.await("the table of leases", () -> isActive(clients, application));
    clients
        .items()
        .putItem(put ->
            put.tableName(application)
                .item(
                    Map.of(
                        KEY,
                        AttributeValue.fromS(shard),
                        "leaseCounter",
                        AttributeValue.fromN("0"),
                        "startingHashKey",
                        AttributeValue.fromS("0"),
                        "endingHashKey",
                        AttributeValue.fromS("1"),
                        "ownerSwitchesSinceCheckpoint",
                        AttributeValue.fromN("0"),
                        "checkpoint",
                        AttributeValue.fromS("TRIM_HORIZON"),
                        "checkpointSubSequenceNumber",
                        AttributeValue.fromN("0"))));
  }

  private static boolean isActive(Clients clients, String table) {
    return clients
            .items()
            .describeTable(describe -> describe.tableName(table))
            .table()
            .tableStatus()
        == TableStatus.ACTIVE;
  }

  private static GlobalSecondaryIndex index() {
    return GlobalSecondaryIndex.builder()
        .indexName(INDEX)
        .keySchema(element(OWNER, KeyType.HASH), element(KEY, KeyType.RANGE))
        .projection(shown -> shown.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
