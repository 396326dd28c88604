package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ostraka.conformance.VoteTable.key;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** PutItem, GetItem, UpdateItem and DeleteItem as the AWS SDK sees them. */
final class SdkItemsIT {

  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  private DynamoDbClient client;
  private String table;

  @BeforeEach
  void createTable(TestInfo test) throws InterruptedException {
    client = SERVER.client(Region.US_EAST_1);
    table = test.getTestMethod().orElseThrow().getName();
    client.createTable(VoteTable.request(table));
  }

  @Test
  void anItemIsPutReadReplacedAndDeleted() {
    put(vote("1", "Ada"));
    assertThat(read("1").item()).isEqualTo(vote("1", "Ada"));
    put(vote("1", "Bob"));
    assertThat(read("1").item()).isEqualTo(vote("1", "Bob"));
    client.deleteItem(delete -> delete.tableName(table).key(key("1")));
    assertThat(read("1").hasItem()).isFalse();
    client.deleteItem(delete -> delete.tableName(table).key(key("1")));
  }

  @Test
  void anItemReplacesAllOfItsPredecessor() {
    Map<String, AttributeValue> first = vote("1", "Ada");
    first.put("remark", AttributeValue.fromS("early"));
    put(first);
    put(vote("1", "Ada"));
    assertThat(read("1").item()).doesNotContainKey("remark");
  }

  @Test
  void itemsThatShareAPartitionAreToldApartBySortKey() {
    Map<String, AttributeValue> sameVote = vote("1", "Bob");
    sameVote.put("SK", AttributeValue.fromS("USER#2"));
    put(vote("1", "Ada"));
    put(sameVote);
    assertThat(read("1").item()).isEqualTo(vote("1", "Ada"));
  }

  @Test
  void theOldItemIsReturnedWhenAskedFor() {
    PutItemResponse first =
        client.putItem(
            put -> put.tableName(table).item(vote("1", "Ada")).returnValues(ReturnValue.ALL_OLD));
    assertThat(first.hasAttributes()).isFalse();
    PutItemResponse second =
        client.putItem(
            put -> put.tableName(table).item(vote("1", "Bob")).returnValues(ReturnValue.ALL_OLD));
    assertThat(second.attributes()).isEqualTo(vote("1", "Ada"));
    assertThat(
            client
                .deleteItem(delete ->
                    delete.tableName(table).key(key("1")).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(vote("1", "Bob"));
  }

  @Test
  void theOldItemIsNotReturnedOtherwise() {
    put(vote("1", "Ada"));
    assertThat(
            client
                .putItem(put ->
                    put.tableName(table).item(vote("1", "Bob")).returnValues(ReturnValue.NONE))
                .hasAttributes())
        .isFalse();
    assertThat(client.deleteItem(delete -> delete.tableName(table).key(key("1"))).hasAttributes())
        .isFalse();
  }

  @Test
  void writesConsumeAUnitForEachStartedKilobyteOfTheLargerItem() {
    assertThat(unitsOfPut(100)).isEqualTo(1);
    assertThat(unitsOfPut(3_000)).isEqualTo(3);
    assertThat(unitsOfPut(100)).isEqualTo(3);
    ConsumedCapacity deleted =
        client
            .deleteItem(delete ->
                delete
                    .tableName(table)
                    .key(key("missing"))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity();
    assertThat(deleted.capacityUnits()).isEqualTo(1);
    assertThat(deleted.tableName()).isEqualTo(table);
  }

  @Test
  void readsConsumeHalfAUnitForEachStartedFourKilobytesUnlessConsistent() {
    put(padded(5_000));
    assertThat(unitsOfRead("1", false)).isEqualTo(1.0);
    assertThat(unitsOfRead("1", true)).isEqualTo(2.0);
    assertThat(unitsOfRead("missing", false)).isEqualTo(0.5);
    assertThat(read("1").consumedCapacity()).isNull();
  }

  @Test
  void aTableCanBeNamedByItsArn() {
    String arn = client.describeTable(describe -> describe.tableName(table)).table().tableArn();
    client.putItem(put -> put.tableName(arn).item(vote("1", "Ada")));
    assertThat(client.getItem(get -> get.tableName(arn).key(key("1"))).item())
        .isEqualTo(read("1").item())
        .isEqualTo(vote("1", "Ada"));
  }

  @Test
  void aMissingTableIsReportedByEveryOperation() {
    Stream.<ThrowingCallable>of(
            () -> client.putItem(put -> put.tableName("missing").item(vote("1", "Ada"))),
            () -> client.getItem(get -> get.tableName("missing").key(key("1"))),
            () -> client.deleteItem(delete -> delete.tableName("missing").key(key("1"))))
        .forEach(request ->
            assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(request)
                .withMessageContaining("Requested resource not found"));
  }

  @Test
  void aKeyMustBeWholeAndOfTheRightType() {
    Map<String, AttributeValue> half = Map.of("PK", AttributeValue.fromS("VOTE#1"));
    Map<String, AttributeValue> number =
        Map.of("PK", AttributeValue.fromN("1"), "SK", AttributeValue.fromS("USER#1"));
    assertRefused(() -> put(half), "Missing the key SK in the item");
    assertRefused(() -> put(number), "Type mismatch for key PK expected: S actual: N");
    assertRefused(
        () -> client.getItem(get -> get.tableName(table).key(half)),
        "The provided key element does not match the schema");
    assertRefused(
        () -> client.deleteItem(delete -> delete.tableName(table).key(number)),
        "The provided key element does not match the schema");
  }

  @Test
  void aSecondVoteIsRefusedAndTheFirstOneTold() {
    put(vote("1", "Ada"));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            client.putItem(put ->
                put.tableName(table)
                    .item(vote("1", "Bob"))
                    .conditionExpression("attribute_not_exists(PK)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(refusal -> assertThat(refusal.item()).isEqualTo(vote("1", "Ada")));
    assertThat(read("1").item()).isEqualTo(vote("1", "Ada"));
  }

  @Test
  void aCounterIsMadeAndRaisedByUpdates() {
    for (int count = 1; count <= 3; count++) {
      assertThat(raised().attributes())
          .isEqualTo(Map.of("votes", AttributeValue.fromN(Integer.toString(count))));
    }
    assertThat(
            client
                .getItem(get ->
                    get.tableName(table)
                        .key(key("1"))
                        .projectionExpression("#count")
                        .expressionAttributeNames(Map.of("#count", "votes")))
                .item())
        .isEqualTo(Map.of("votes", AttributeValue.fromN("3")));
  }

  private UpdateItemResponse raised() {
    return client.updateItem(update ->
        update
            .tableName(table)
            .key(key("1"))
            .updateExpression("ADD votes :one")
            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
            .returnValues(ReturnValue.UPDATED_NEW));
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(table).item(item));
  }

  private GetItemResponse read(String voter) {
    return client.getItem(get -> get.tableName(table).key(key(voter)).consistentRead(true));
  }

  private double unitsOfPut(int bytes) {
    ConsumedCapacity consumed =
        client
            .putItem(put ->
                put.tableName(table)
                    .item(padded(bytes))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity();
    assertThat(consumed.tableName()).isEqualTo(table);
    return consumed.capacityUnits();
  }

  private double unitsOfRead(String voter, boolean consistent) {
    return client
        .getItem(get ->
            get.tableName(table)
                .key(key(voter))
                .consistentRead(consistent)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  private static void assertRefused(ThrowingCallable request, String message) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(request)
        .withMessageContaining(message)
        .satisfies(refusal -> {
          assertThat(refusal.statusCode()).isEqualTo(400);
          assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        });
  }

  private static Map<String, AttributeValue> vote(String voter, String candidate) {
    Map<String, AttributeValue> vote = new HashMap<>(key(voter));
    vote.put("candidateId", AttributeValue.fromS(candidate));
    return vote;
  }

  /**
   * Returns an item of exactly this size as the service counts it: the bytes of names and values.
   */
  private static Map<String, AttributeValue> padded(int bytes) {
    Map<String, AttributeValue> item = new HashMap<>(key("1"));
    int rest = bytes - "PKVOTE#1SKUSER#1pad".length();
    item.put("pad", AttributeValue.fromS("x".repeat(rest)));
    return item;
  }
}
