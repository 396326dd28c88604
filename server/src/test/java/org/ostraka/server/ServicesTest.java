package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.wire.EchoService;
import org.ostraka.server.wire.Services;

/** A server with a second service beside DynamoDB: a request's target chooses between them. */
final class ServicesTest {
  private static final String ECHO = "Echo_20260101.Echo";
  private static final String LIST_TABLES = "DynamoDB_20120810.ListTables";

  private final ServerInMemory server = ServerInMemory.start(Map.of(), EchoService.make());

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Echo_20260101.Echo, echo",
    "Echo_20260101.Echo, reverb",
    "Reverb_20260101.Echo, echo",
    "Reverb_20260101.Echo, reverb"
  })
  void eachTargetPrefixAndEachScopeReachesTheService(String target, String scope) {
    assertAnswer(respond(target, scope, "{\"Text\":\"hi\"}"), 200, "{\"Text\":\"hi\"}");
  }

  @Test
  void theOtherServiceAnswersAsBefore() {
    assertAnswer(respond(LIST_TABLES, "dynamodb", "{}"), 200, "{\"TableNames\":[]}");
  }

  @Test
  void aScopeOfAnotherServiceIsRefusedWithTheNameOfTheCalledOne() {
    assertAnswer(
        respond(ECHO, "dynamodb", "{\"Text\":\"hi\"}"),
        400,
        "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\","
            + "\"message\":\"Credential should be scoped to correct service: 'echo'. \"}");
    assertAnswer(
        respond(LIST_TABLES, "echo", "{}"),
        400,
        "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\","
            + "\"message\":\"Credential should be scoped to correct service: 'dynamodb'. \"}");
  }

  @Test
  void anErrorOfTheServiceHasItsNamespace() {
    assertAnswer(
        respond(ECHO, "echo", "{\"Text\":\"unknown\"}"),
        400,
        "{\"__type\":\"org.ostraka.echo#ResourceNotFoundException\","
            + "\"message\":\"there is no unknown\"}");
    assertThat(
            text(respond("DynamoDB_20120810.DescribeTable", "dynamodb", "{\"TableName\":\"t-1\"}")))
        .startsWith("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"");
  }

  @Test
  void anErrorOfTheFrameworkHasItsNamespaceInEveryService() {
    assertThat(text(respond(ECHO, "echo", "{}")))
        .startsWith("{\"__type\":\"com.amazon.coral.validate#ValidationException\"");
    assertThat(text(respond(ECHO, "echo", "[]")))
        .startsWith("{\"__type\":\"com.amazon.coral.service#SerializationException\"");
  }

  @ParameterizedTest
  @CsvSource({
    "DynamoDB_20120810.Echo",
    "Echo_20260101.ListTables",
    "Echo_20260102.Echo",
    "Echo",
    "Echo_20260101."
  })
  void anOperationOfAnotherServiceIsUnknown(String target) {
    assertAnswer(
        respond(target, "echo", "{}"),
        400,
        "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\","
            + "\"message\":\"Unknown operation exception\"}");
  }

  @Test
  void twoServicesWithTheSameTargetAreRefused() {
    assertThatThrownBy(() -> Services.of(EchoService.make(), EchoService.make()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("two services have the target ");
  }

  private HttpResponse respond(String target, String scope, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Host", "localhost");
    headers.put("Content-Type", "application/x-amz-json-1.0");
    headers.put("X-Amz-Date", "20261009T000000Z");
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=local/20261009/us-east-1/%s/aws4_request,".formatted(scope)
            + " SignedHeaders=host, Signature=0");
    headers.put("X-Amz-Target", target);
    return server.respond(headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertAnswer(HttpResponse response, int status, String body) {
    assertThat(text(response)).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
  }

  private static String text(HttpResponse response) {
    return ServerInMemory.text(response.body());
  }
}
