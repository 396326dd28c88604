package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.SharedRoom;
import org.ostraka.server.http.HttpResponse;

/** A request without room for its answer is refused before anything is done. */
final class ApiEndpointTest {
  private static final String KEY =
      """
      {"TableName":"orders","Key":{"id":{"S":"1"}}}\
      """;

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
    putLarge();
    respond(
        "PutItem",
        """
        {"TableName":"orders","Item":{"id":{"S":"2"}}}\
        """);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aWriteIsNotCarriedOutWithoutRoomForTheImageThatItReturns() {
    for (String write :
        List.of(
            """
            UpdateItem {"TableName":"orders","Key":{"id":{"S":"1"}},"ReturnValues":"ALL_OLD",
             "UpdateExpression":"REMOVE l"}\
            """,
            """
            UpdateItem {"TableName":"orders","Key":{"id":{"S":"1"}},"ReturnValues":"ALL_NEW",
             "UpdateExpression":"REMOVE n"}\
            """,
            """
            UpdateItem {"TableName":"orders","Key":{"id":{"S":"1"}},"ReturnValues":"UPDATED_OLD",
             "UpdateExpression":"REMOVE l"}\
            """,
            """
            PutItem {"TableName":"orders","Item":{"id":{"S":"1"}},"ReturnValues":"ALL_OLD"}\
            """,
            """
            DeleteItem {"TableName":"orders","Key":{"id":{"S":"1"}},"ReturnValues":"ALL_OLD"}\
            """,
            """
            ExecuteStatement {"Statement":"DELETE FROM orders WHERE id = '1' RETURNING ALL OLD *"}\
            """,
            """
            BatchExecuteStatement {"Statements":[
             {"Statement":"UPDATE orders SET n = 2 WHERE id = '2'"},
             {"Statement":"UPDATE orders REMOVE l WHERE id = '1' RETURNING MODIFIED OLD *"}]}\
            """)) {
      String operation = write.substring(0, write.indexOf(' '));
      String body = write.substring(write.indexOf(' '));
      assertThat(respond(operation, body, room(30_000)).status()).as(write).isEqualTo(503);
      assertThat(answer("GetItem", KEY))
          .as(write)
          .contains("\"n\":{\"N\":\"1\"}")
          .contains("\"l\"");
      HttpResponse done = respond(operation, body, room(60_000));
      assertThat(done.status()).as(write).isEqualTo(200);
      assertThat(ServerInMemory.text(done.body()).length()).as(write).isGreaterThan(200_000);
      putLarge();
    }
  }

  /** The JSON is seven times the size of the image, and no room is left for it. */
  @Test
  void whatAWriteHasDoneIsToldWithoutRoomForItsJson() {
    HttpResponse done =
        respond(
            "UpdateItem",
            """
            {"TableName":"orders","Key":{"id":{"S":"1"}},"ReturnValues":"ALL_OLD",
             "UpdateExpression":"SET n = n"}\
            """,
            room(50_000));
    assertThat(done.status()).isEqualTo(200);
    assertThat(ServerInMemory.text(done.body()))
        .isEqualTo(answer("GetItem", KEY).replace("{\"Item\":", "{\"Attributes\":"));
  }

  @Test
  void aRefusalThatTellsAnItemNeedsRoomForIt() {
    String put =
        """
        {"TableName":"orders","Item":{"id":{"S":"1"}},
         "ConditionExpression":"attribute_not_exists(id)",
         "ReturnValuesOnConditionCheckFailure":"ALL_OLD"}\
        """;
    String transaction = "{\"TransactItems\":[{\"Put\":" + put + "}]}";
    assertThat(respond("PutItem", put, room(30_000)).status()).isEqualTo(503);
    assertThat(respond("PutItem", put, room(60_000)).status()).isEqualTo(400);
    assertThat(respond("TransactWriteItems", transaction, room(30_000)).status()).isEqualTo(503);
    assertThat(respond("TransactWriteItems", transaction, room(60_000)).status()).isEqualTo(400);
  }

  @Test
  void whatIsReadNeedsRoom() {
    for (String read :
        List.of(
            "GetItem " + KEY,
            "Scan {\"TableName\":\"orders\"}",
            "BatchGetItem {\"RequestItems\":{\"orders\":{\"Keys\":[{\"id\":{\"S\":\"1\"}}]}}}",
            "TransactGetItems {\"TransactItems\":[{\"Get\":" + KEY + "}]}",
            "ExecuteStatement {\"Statement\":\"SELECT * FROM orders WHERE id = '1'\"}",
            "BatchExecuteStatement {\"Statements\":"
                + "[{\"Statement\":\"SELECT * FROM orders WHERE id = '1'\"}]}")) {
      String operation = read.substring(0, read.indexOf(' '));
      String body = read.substring(read.indexOf(' '));
      assertThat(respond(operation, body, room(30_000)).status()).as(read).isEqualTo(503);
      assertThat(respond(operation, body, room(60_000)).status()).as(read).isEqualTo(200);
    }
  }

  @Test
  void keysForWhoseItemsThereIsNoRoomComeBackUnprocessed() {
    respond("PutItem", large("3"));
    HttpResponse part =
        respond(
            "BatchGetItem",
            """
            {"RequestItems":{"orders":{"Keys":[{"id":{"S":"1"}},{"id":{"S":"3"}}]}}}\
            """,
            room(60_000));
    assertThat(part.status()).isEqualTo(200);
    assertThat(ServerInMemory.text(part.body()))
        .contains("\"UnprocessedKeys\":{\"orders\":{\"Keys\":[{\"id\":{\"S\":\"3\"}}]}}");
  }

  private void putLarge() {
    assertThat(respond("PutItem", large("1")).status()).isEqualTo(200);
  }

  /** Returns an item of 40,000 bytes, whose JSON is seven times as long. */
  private static String large(String id) {
    return "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\""
        + id
        + "\"},\"n\":{\"N\":\"1\"},\"l\":{\"L\":["
        + "{\"NULL\":true},".repeat(40_000)
        + "{\"NULL\":true}]}}}";
  }

  private static Room room(int bytes) {
    return new SharedRoom(bytes, Duration.ofMillis(1)).share();
  }

  private String answer(String operation, String body) {
    return ServerInMemory.text(respond(operation, body).body());
  }

  private HttpResponse respond(String operation, String body) {
    return respond(operation, body, Room.ENDLESS);
  }

  private HttpResponse respond(String operation, String body, Room room) {
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
