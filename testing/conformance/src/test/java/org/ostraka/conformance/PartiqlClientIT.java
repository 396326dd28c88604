package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * A client that uses PartiQL only, as a table editor does, beside the operations that list and
 * describe tables.
 */
final class PartiqlClientIT {
  private static final int VOTES = 23;

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
  void aTableIsFoundAndReadPageByPage() {
    fill();
    assertThat(client.listTables().tableNames()).contains(table);
    assertThat(client.describeTable(describe -> describe.tableName(table)).table().keySchema())
        .extracting(KeySchemaElement::attributeName)
        .containsExactly("PK", "SK");
    List<Map<String, AttributeValue>> whole = pages("SELECT * FROM " + quoted(), 1_000);
    assertThat(whole).hasSize(VOTES);
    for (int size : List.of(1, 7, VOTES)) {
      assertThat(pages("SELECT * FROM " + quoted(), size)).isEqualTo(whole);
    }
  }

  @Test
  void aPartitionIsReadInEitherOrderAndFiltered() {
    fill();
    String partition = "SELECT SK FROM " + quoted() + " WHERE PK = ? AND SK >= ?";
    List<Map<String, AttributeValue>> upwards =
        execute(partition, text("VOTE"), text("USER#10")).items();
    assertThat(upwards).hasSize(VOTES - 10);
    List<Map<String, AttributeValue>> downwards =
        execute(partition + " ORDER BY SK DESC", text("VOTE"), text("USER#10")).items();
    assertThat(downwards).isEqualTo(upwards.reversed());
    String filter =
        "SELECT SK, ballot.choices[0] FROM "
            + quoted()
            + " WHERE PK = ? AND contains(ballot.choices, ?) AND weight IN [1, 2] AND note IS MISSING";
    assertThat(execute(filter, text("VOTE"), text("Ada")).items())
        .allSatisfy(item ->
            assertThat(item).containsOnlyKeys("SK", "choices[0]").containsValue(text("Ada")))
        .hasSize(5);
    assertThat(execute("SELECT * FROM " + quoted() + " WHERE PK = 'nobody'").items()).isEmpty();
  }

  @Test
  void aRowIsInsertedEditedAndDeleted() {
    AttributeValue id = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2}));
    String insert = "INSERT INTO " + quoted() + " VALUE {'PK': ?, 'SK': ?, 'n': ?, 'id': ?}";
    AttributeValue[] row = {text("VOTE"), text("USER#1"), number(1), id};
    ExecuteStatementResponse inserted = execute(insert, row);
    assertThat(inserted.hasItems()).isTrue();
    assertThat(inserted.items()).isEmpty();
    assertThatExceptionOfType(DuplicateItemException.class)
        .isThrownBy(() -> execute(insert, row))
        .satisfies(refusal ->
            assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("Duplicate primary key exists in table"));
    String where = " WHERE PK = 'VOTE' AND SK = 'USER#1'";
    assertThat(
            execute(
                    "UPDATE "
                        + quoted()
                        + " SET n = n + ? REMOVE id"
                        + where
                        + " RETURNING ALL NEW *",
                    number(4))
                .items())
        .containsExactly(Map.of("PK", text("VOTE"), "SK", text("USER#1"), "n", number(5)));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            client.executeStatement(statement ->
                statement
                    .statement("DELETE FROM " + quoted() + where + " AND n = 4")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(failure -> assertThat(failure.item()).containsEntry("n", number(5)));
    assertThat(execute("DELETE FROM " + quoted() + where + " RETURNING ALL OLD *").items())
        .hasSize(1);
    assertThat(execute("SELECT * FROM " + quoted()).items()).isEmpty();
  }

  @Test
  void aBatchTellsOfEachStatement() {
    fill();
    BatchExecuteStatementResponse written =
        client.batchExecuteStatement(batch ->
            batch
                .statements(
                    batched("INSERT INTO " + quoted() + " VALUE {'PK': 'VOTE', 'SK': 'USER#01'}"),
                    batched(
                        "UPDATE "
                            + quoted()
                            + " SET weight = 9 WHERE PK = 'VOTE' AND SK = 'USER#02'"),
                    batched("DELETE FROM " + quoted() + " WHERE PK = 'VOTE'"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(written.responses())
        .extracting(response -> response.error() == null ? null : response.error().code())
        .containsExactly(
            BatchStatementErrorCodeEnum.DUPLICATE_ITEM,
            null,
            BatchStatementErrorCodeEnum.VALIDATION_ERROR);
    assertThat(written.consumedCapacity()).singleElement().extracting("tableName").isEqualTo(table);
    List<BatchStatementResponse> read =
        client
            .batchExecuteStatement(batch ->
                batch.statements(
                    batched(
                        "SELECT weight FROM " + quoted() + " WHERE PK = 'VOTE' AND SK = 'USER#02'"),
                    batched("SELECT * FROM " + quoted() + " WHERE PK = 'x' AND SK = 'y'")))
            .responses();
    assertThat(read.getFirst().item()).isEqualTo(Map.of("weight", number(9)));
    assertThat(read.getLast().hasItem()).isFalse();
  }

  @Test
  void aTransactionHappensAsAWholeOrNotAtAll() {
    fill();
    List<ParameterizedStatement> transfer =
        List.of(
            parameterized(
                "UPDATE " + quoted() + " SET weight = weight + ? WHERE PK = ? AND SK = ?",
                number(5),
                text("VOTE"),
                text("USER#01")),
            parameterized(
                "EXISTS(SELECT * FROM " + quoted() + " WHERE PK = ? AND SK = ? AND weight > ?)",
                text("VOTE"),
                text("USER#02"),
                number(0)),
            parameterized("INSERT INTO " + quoted() + " VALUE {'PK': 'LOG', 'SK': '1'}"));
    assertThat(transact(transfer, "token")).isEmpty();
    // The same transaction with the same token does nothing.
    assertThat(transact(transfer, "token")).isEmpty();
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> transact(transfer, "another"))
        .satisfies(cancelled ->
            assertThat(cancelled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "None", "DuplicateItem"));
    List<ItemResponse> read =
        transact(
            List.of(
                parameterized(
                    "SELECT weight FROM " + quoted() + " WHERE PK = 'VOTE' AND SK = 'USER#01'"),
                parameterized("SELECT * FROM " + quoted() + " WHERE PK = 'LOG' AND SK = '2'")),
            null);
    assertThat(read.getFirst().item()).isEqualTo(Map.of("weight", number(6)));
    assertThat(read.getLast().hasItem()).isFalse();
  }

  @Test
  void whatIsWrongIsTold() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> execute("SELECT * FROM absent"));
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> execute("SELEC * FROM " + quoted()))
        .satisfies(refusal -> {
          assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
          assertThat(refusal.awsErrorDetails().errorMessage())
              .isEqualTo(
                  "Statement wasn't well formed, can't be processed: Expected data manipulation");
        });
  }

  private List<ItemResponse> transact(List<ParameterizedStatement> statements, String token) {
    return client
        .executeTransaction(
            transaction -> transaction.transactStatements(statements).clientRequestToken(token))
        .responses();
  }

  /** Reads all items in pages of this size. */
  private List<Map<String, AttributeValue>> pages(String statement, int size) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ExecuteStatementResponse page =
          client.executeStatement(
              request -> request.statement(statement).limit(size).nextToken(from));
      assertThat(page.items().size()).isLessThanOrEqualTo(size);
      assertThat(page.hasLastEvaluatedKey()).isEqualTo(page.nextToken() != null);
      items.addAll(page.items());
      token = page.nextToken();
    } while (token != null);
    return items;
  }

  private void fill() {
    IntStream.range(0, VOTES)
        .forEach(i ->
            execute(
                "INSERT INTO " + quoted() + " VALUE {'PK': ?, 'SK': ?, 'weight': ?, 'ballot': ?}",
                text("VOTE"),
                text("USER#%02d".formatted(i)),
                number(i % 5),
                ballot(i % 2 == 0 ? "Ada" : "Bob")));
  }

  private ExecuteStatementResponse execute(String statement, AttributeValue... parameters) {
    return client.executeStatement(request ->
        request
            .statement(statement)
            .parameters(parameters.length == 0 ? null : List.of(parameters)));
  }

  private static BatchStatementRequest batched(String statement) {
    return BatchStatementRequest.builder().statement(statement).build();
  }

  private static ParameterizedStatement parameterized(
      String statement, AttributeValue... parameters) {
    return ParameterizedStatement.builder()
        .statement(statement)
        .parameters(parameters.length == 0 ? null : List.of(parameters))
        .build();
  }

  private String quoted() {
    return "\"" + table + "\"";
  }

  private static AttributeValue ballot(String first) {
    Map<String, AttributeValue> ballot = new HashMap<>();
    ballot.put(
        "choices",
        AttributeValue.fromL(Stream.of(first, "Eve").map(AttributeValue::fromS).toList()));
    return AttributeValue.fromM(ballot);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(int number) {
    return AttributeValue.fromN(Integer.toString(number));
  }
}
