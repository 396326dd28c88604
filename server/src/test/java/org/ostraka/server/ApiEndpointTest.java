package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.http.AnswerRoom;
import org.ostraka.server.http.HttpResponse;

/** The endpoint marks answers that may be refused when there is no room, since nothing was done. */
final class ApiEndpointTest {
  private static final AnswerRoom NO_ROOM = () -> false;

  private final ServerInMemory server = ServerInMemory.start(Map.of());

  @BeforeEach
  void makeTable() {
    HttpResponse made =
        respond(
            "CreateTable",
            """
            {"TableName":"orders","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
             "BillingMode":"PAY_PER_REQUEST"}\
            """);
    assertThat(made.status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theAnswerToAWriteMustBeSent() {
    assertThat(
            respond(
                    "PutItem",
                    """
                    {"TableName":"orders","Item":{"id":{"S":"1"}}}\
                    """)
                .repeatable())
        .isFalse();
  }

  @Test
  void aRefusalNeedNotBeSent() {
    HttpResponse cancelled =
        respond(
            "TransactWriteItems",
            """
            {"TransactItems":[{"ConditionCheck":{"TableName":"orders","Key":{"id":{"S":"1"}},
             "ConditionExpression":"attribute_exists(id)"}}]}\
            """);
    assertThat(cancelled.status()).isEqualTo(400);
    assertThat(cancelled.repeatable()).isTrue();
  }

  @Test
  void theAnswerToABatchOfStatementsMustBeSentWhenOneOfThemIsDone() {
    String refused =
        """
        {"Statement":"UPDATE orders SET n = 1 WHERE id = '1'"}\
        """;
    String done =
        """
        {"Statement":"INSERT INTO orders VALUE {'id': '2'}"}\
        """;
    assertThat(batch(refused).repeatable()).isTrue();
    assertThat(batch(refused + "," + done).repeatable()).isFalse();
    assertThat(batch(refused + "," + done).repeatable()).isTrue();
  }

  @Test
  void aBatchThatWouldReturnMuchIsNotCarriedOutWithoutRoom() {
    String put =
        """
        {"Statement":"INSERT INTO orders VALUE {'id': '%s'}"}\
        """;
    String returned =
        """
        {"Statement":"DELETE FROM orders WHERE id = '%s' RETURNING ALL OLD *"}\
        """;
    assertThat(batch(put.formatted(3) + "," + put.formatted(4), NO_ROOM).status()).isEqualTo(200);
    String both = returned.formatted(3) + "," + returned.formatted(4);
    assertThat(batch(both, NO_ROOM).status()).isEqualTo(503);
    HttpResponse later = batch(both, AnswerRoom.ENDLESS);
    assertThat(later.status()).isEqualTo(200);
    assertThat(new String(later.body(), StandardCharsets.UTF_8))
        .contains("{\"id\":{\"S\":\"3\"}}", "{\"id\":{\"S\":\"4\"}}");
  }

  private HttpResponse batch(String statements) {
    return batch(statements, AnswerRoom.ENDLESS);
  }

  private HttpResponse batch(String statements, AnswerRoom room) {
    return respond("BatchExecuteStatement", "{\"Statements\":[" + statements + "]}", room);
  }

  private HttpResponse respond(String operation, String body) {
    return respond(operation, body, AnswerRoom.ENDLESS);
  }

  private HttpResponse respond(String operation, String body, AnswerRoom room) {
    return server.respond(
        Map.of(
            "Host",
            "localhost",
            "Content-Type",
            "application/x-amz-json-1.0",
            "X-Amz-Date",
            "20261009T000000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20261009/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=0",
            "X-Amz-Target",
            "DynamoDB_20120810." + operation),
        body.getBytes(StandardCharsets.UTF_8),
        room);
  }
}
