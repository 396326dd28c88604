package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.PageIterable;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tables, items, queries and scans through the enhanced client of the AWS SDK for Java. */
final class EnhancedClientIT {

  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  private DynamoDbClient client;
  private DynamoDbEnhancedClient enhanced;
  private DynamoDbTable<Ballot> ballots;

  @BeforeEach
  void createTable(TestInfo test) throws InterruptedException {
    client = SERVER.client(Region.US_EAST_1);
    enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
    String name = test.getTestMethod().orElseThrow().getName();
    ballots = enhanced.table(name, TableSchema.fromBean(Ballot.class));
    ballots.createTable();
    client.waiter().waitUntilTableExists(describe -> describe.tableName(name));
  }

  @Test
  void aTableIsMadeFromASchemaAndDeleted() {
    assertThat(ballots.describeTable().table().tableStatus()).isEqualTo(TableStatus.ACTIVE);
    ballots.deleteTable();
    client.waiter().waitUntilTableNotExists(describe -> describe.tableName(ballots.tableName()));
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(ballots::describeTable)
        .withMessageContaining("Requested resource not found: Table: ");
  }

  @Test
  void aBeanComesBackAsItWasPut() {
    Ballot ballot = Ballot.of(1, "Solon", 0.1);
    ballot.setValid(true);
    ballot.setWitnesses(Set.of("Kleon", "Nikias"));
    ballot.setChoices(List.of("Solon", "", "Drakon"));
    ballot.setRounds(Map.of("first", 1, "second", 2));
    ballots.putItem(ballot);
    Ballot read = read(1);
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("version", "changes")
        .isEqualTo(ballot);
    assertThat(ballots.deleteItem(read).getCandidate()).isEqualTo("Solon");
    assertThat(read(1)).isNull();
  }

  @Test
  void aVersionThatIsNotTheNewestIsRefused() {
    ballots.putItem(Ballot.of(1, "Solon", 10));
    Ballot mine = read(1);
    Ballot theirs = read(1);
    assertThat(mine.getVersion()).isEqualTo(1);
    theirs.setCandidate("Drakon");
    assertThat(ballots.updateItem(theirs).getVersion()).isEqualTo(2);
    mine.setCandidate("Kleisthenes");
    assertRefused(() -> ballots.updateItem(mine));
    assertRefused(() -> ballots.putItem(mine));
    assertRefused(() -> ballots.putItem(Ballot.of(1, "Kleisthenes", 10)));
    assertThat(read(1).getCandidate()).isEqualTo("Drakon");
  }

  @Test
  void anAtomicCounterCountsUpdates() {
    assertThat(ballots.updateItem(Ballot.of(1, "Solon", 10)).getChanges()).isEqualTo(1);
    for (long count = 2; count <= 4; count++) {
      assertThat(ballots.updateItem(read(1)).getChanges()).isEqualTo(count);
    }
  }

  @Test
  void anUpdateRemovesWhatIsNullUnlessNullsAreIgnored() {
    Ballot ballot = ballots.updateItem(Ballot.of(1, "Solon", 10));
    ballot.setCandidate(null);
    UpdateItemEnhancedResponse<Ballot> kept =
        ballots.updateItemWithResponse(update ->
            update
                .item(ballot)
                .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(kept.attributes().getCandidate()).isEqualTo("Solon");
    assertThat(kept.consumedCapacity().capacityUnits()).isEqualTo(1);
    ballot.setVersion(kept.attributes().getVersion());
    assertThat(ballots.updateItem(ballot).getCandidate()).isNull();
  }

  @Test
  void aConditionThatFailsTellsTheItem() {
    ballots.putItem(Ballot.of(1, "Solon", 10));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            ballots.putItem(put ->
                put.item(Ballot.of(1, "Drakon", 20))
                    .conditionExpression(
                        expression("weight > :least", Map.of(":least", number("15"))))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(refusal ->
            assertThat(refusal.item()).containsEntry("candidate", AttributeValue.fromS("Solon")));
  }

  @Test
  void aQueryFindsAPartitionInOrder() {
    fill();
    assertThat(numbers(ballots.query(archon()))).containsExactly(1, 2, 3, 4, 5);
    assertThat(
            numbers(
                ballots.query(
                    QueryConditional.sortBetween(
                        key -> key.partitionValue("archon").sortValue(2),
                        key -> key.partitionValue("archon").sortValue(4)))))
        .containsExactly(2, 3, 4);
    assertThat(
            numbers(
                ballots.query(
                    QueryConditional.sortGreaterThan(
                        key -> key.partitionValue("archon").sortValue(4)))))
        .containsExactly(5);
    assertThat(
            numbers(
                ballots.query(query -> query.queryConditional(archon()).scanIndexForward(false))))
        .containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void aQueryComesInPages() {
    fill();
    PageIterable<Ballot> pages =
        ballots.query(query ->
            query
                .queryConditional(archon())
                .limit(2)
                .scanIndexForward(false)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(pages.stream().map(page -> page.items().size())).containsExactly(2, 2, 1);
    assertThat(numbers(pages)).containsExactly(5, 4, 3, 2, 1);
    Page<Ballot> first = pages.iterator().next();
    assertThat(first.lastEvaluatedKey()).containsEntry("number", number("4"));
    assertThat(first.consumedCapacity().capacityUnits()).isEqualTo(0.5);
    assertThat(
            numbers(
                ballots.query(query ->
                    query.queryConditional(archon()).exclusiveStartKey(first.lastEvaluatedKey()))))
        .containsExactly(5);
  }

  @Test
  void aQueryFiltersAndProjects() {
    fill();
    Expression filter =
        expression(
            "candidate = :candidate AND weight BETWEEN :low AND :high",
            Map.of(
                ":candidate",
                AttributeValue.fromS("Solon"),
                ":low",
                number("10"),
                ":high",
                number("30")));
    Page<Ballot> page =
        ballots
            .query(query ->
                query
                    .queryConditional(archon())
                    .filterExpression(filter)
                    .attributesToProject("number", "weight"))
            .iterator()
            .next();
    assertThat(page.count()).isEqualTo(2);
    assertThat(page.scannedCount()).isEqualTo(5);
    assertThat(page.items()).extracting(Ballot::getNumber).containsExactly(1, 3);
    assertThat(page.items()).extracting(Ballot::getWeight).containsExactly(10.0, 30.0);
    assertThat(page.items()).extracting(Ballot::getCandidate).containsOnlyNulls();
  }

  @Test
  void aScanFindsEverythingInPagesAndInSegments() {
    IntStream.range(0, 20)
        .forEach(number -> {
          Ballot ballot = Ballot.of(number, "Solon", number);
          ballot.setElection("election-" + number);
          ballots.putItem(ballot);
        });
    List<Integer> everything = IntStream.range(0, 20).boxed().toList();
    assertThat(numbers(ballots.scan())).containsExactlyInAnyOrderElementsOf(everything);
    assertThat(numbers(ballots.scan(scan -> scan.limit(3))))
        .containsExactlyElementsOf(numbers(ballots.scan()));
    List<Integer> segments =
        IntStream.range(0, 3)
            .mapToObj(segment -> ballots.scan(scan -> scan.segment(segment).totalSegments(3)))
            .flatMap(pages -> numbers(pages).stream())
            .toList();
    assertThat(segments).containsExactlyInAnyOrderElementsOf(everything);
    Expression heavy = expression("weight >= :least", Map.of(":least", number("15")));
    assertThat(numbers(ballots.scan(scan -> scan.filterExpression(heavy))))
        .containsExactlyInAnyOrder(15, 16, 17, 18, 19);
  }

  @Test
  void recordsAreReadAndWritten() {
    DynamoDbTable<Tally> tallies = enhanced.table("tallies", Tally.SCHEMA);
    tallies.createTable();
    Tally solon = new Tally("archon", "Solon", 3);
    Tally drakon = new Tally("archon", "Drakon", 1);
    tallies.putItem(solon);
    tallies.putItem(drakon);
    assertThat(tallies.getItem(solon)).isEqualTo(solon);
    Tally more = new Tally("archon", "Solon", 4);
    assertThat(tallies.updateItem(more)).isEqualTo(more);
    assertThat(tallies.query(archon()).items()).containsExactly(drakon, more);
    assertThat(
            tallies
                .query(
                    QueryConditional.sortBeginsWith(
                        key -> key.partitionValue("archon").sortValue("So")))
                .items())
        .containsExactly(more);
  }

  @Test
  void documentsNeedNoClass() {
    DynamoDbTable<EnhancedDocument> documents =
        enhanced.table(
            ballots.tableName(),
            TableSchema.documentSchemaBuilder()
                .addIndexPartitionKey(
                    TableMetadata.primaryIndexName(), "election", AttributeValueType.S)
                .addIndexSortKey(TableMetadata.primaryIndexName(), "number", AttributeValueType.N)
                .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
                .build());
    String json =
        """
        {"election":"archon","number":1,"choices":["Solon",{"second":"Drakon"}],"valid":true}\
        """;
    documents.putItem(EnhancedDocument.fromJson(json));
    EnhancedDocument read =
        documents.getItem(Key.builder().partitionValue("archon").sortValue(1).build());
    assertThat(read.getNumber("number").intValue()).isEqualTo(1);
    assertThat(read.getBoolean("valid")).isTrue();
    assertThat(read.getJson("choices")).isEqualTo("[\"Solon\",{\"second\":\"Drakon\"}]");
  }

  /**
   * Writes ballots: those with odd numbers are for Solon, those with even numbers for Drakon; the
   * weight is ten times the number.
   */
  private void fill() {
    for (int number = 1; number <= 5; number++) {
      ballots.putItem(Ballot.of(number, number % 2 == 1 ? "Solon" : "Drakon", 10.0 * number));
    }
  }

  private Ballot read(int number) {
    return ballots.getItem(
        get -> get.key(key -> key.partitionValue("archon").sortValue(number)).consistentRead(true));
  }

  private static QueryConditional archon() {
    return QueryConditional.keyEqualTo(key -> key.partitionValue("archon"));
  }

  private static List<Integer> numbers(PageIterable<Ballot> pages) {
    return pages.items().stream().map(Ballot::getNumber).toList();
  }

  private static Expression expression(String text, Map<String, AttributeValue> values) {
    return Expression.builder().expression(text).expressionValues(values).build();
  }

  private static AttributeValue number(String number) {
    return AttributeValue.fromN(number);
  }

  private static void assertRefused(ThrowingCallable write) {
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(write)
        .withMessageContaining("The conditional request failed");
  }
}
