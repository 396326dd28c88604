package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class RequestTemplateTest {
  private static final URI ENDPOINT = URI.create("http://localhost:8000");

  @Test
  void announcesTheLengthThatTheBodyHas() {
    Request request = template("{\"a\":\"@d12@\",\"b\":\"@t100@\",\"c\":@n4@}").request();
    String text = text(request);
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(text).contains("\r\nContent-Length: " + body.length() + "\r\n");
    assertThat(body).hasSize("{\"a\":\"\",\"b\":\"\",\"c\":}".length() + 12 + 100 + 4);
  }

  @Test
  void namesTheOperationAndCarriesCredentials() {
    assertThat(text(template("{}").request()))
        .startsWith("POST / HTTP/1.1\r\nHost: localhost:8000\r\n")
        .contains("\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\n")
        .contains("\r\nAuthorization: AWS4-HMAC-SHA256 Credential=")
        .endsWith("\r\n\r\n{}");
  }

  @Test
  void digitsHaveZerosInFrontAndNumbersSpaces() {
    Request request = template("[\"@d5@\",@n5@]").request();
    request.number(0, 42);
    request.number(1, 42);
    assertThat(text(request)).endsWith("[\"00042\",   42]");
    request.number(0, 0);
    request.number(1, 0);
    assertThat(text(request)).endsWith("[\"00000\",    0]");
  }

  @Test
  void fieldsAreSetAgainAndAgain() {
    Request request = template("[\"@d3@\",\"@d3@\"]").request();
    request.number(0, 999);
    request.number(0, 1);
    request.number(1, 23456);
    assertThat(text(request)).endsWith("[\"001\",\"456\"]");
  }

  @Test
  void textComesFromThePoolOneAfterTheOther() {
    Request request = template("@t10@@t20@").request();
    int end = request.text(1, request.text(0, 1000));
    assertThat(end).isEqualTo(1030);
    Request other = template("@t30@").request();
    other.text(0, 1000);
    assertThat(last(request, 30)).isEqualTo(last(other, 30)).doesNotContain("x".repeat(5));
  }

  @Test
  void requestsOfOneTemplateAreIndependent() {
    RequestTemplate template = template("@d3@");
    Request one = template.request();
    Request other = template.request();
    one.number(0, 7);
    assertThat(text(other)).endsWith("000");
  }

  @Test
  void knowsWhereInTheBodyAFieldIs() {
    assertThat(template("{\"key\":\"@d12@\"}").offsetInBody(0)).isEqualTo("{\"key\":\"".length());
  }

  private static RequestTemplate template(String body) {
    return RequestTemplate.of(ENDPOINT, "GetItem", body);
  }

  private static String last(Request request, int characters) {
    String text = text(request);
    return text.substring(text.length() - characters);
  }

  private static String text(Request request) {
    byte[] bytes = new byte[request.bytes().remaining()];
    request.bytes().get(bytes);
    return new String(bytes, US_ASCII);
  }
}
