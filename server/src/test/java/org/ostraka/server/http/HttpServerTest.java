package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private final ConcurrentLinkedQueue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() {
    server = Servers.start(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse answer(HttpRequest request) {
    seen.add(request);
    loaders.add(Thread.currentThread().getContextClassLoader());
    return switch (request.method()) {
      case "POST" -> Servers.echo(request);
      case "GET" -> HttpResponse.healthy("dynamodb.us-east-1.amazonaws.com");
      default -> HttpResponse.unknownOperation();
    };
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (Client client = new Client(server)) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.post("{\"n\":" + i + "}").answer().text()).isEqualTo("{\"n\":" + i + "}");
      }
    }
  }

  /**
   * Helidon is made with a class loader that finds nothing, which must not stay with its threads.
   */
  @Test
  void theThreadsOfRequestsHaveTheClassLoaderOfTheStart() throws IOException {
    try (Client client = new Client(server)) {
      client.post("a").answer();
    }
    assertThat(loaders).containsExactly(Thread.currentThread().getContextClassLoader());
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      String body = "r" + i;
      all.append("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n\r\n")
          .append(body);
    }
    try (Client client = new Client(server)) {
      client.send(all.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(client.answer().text()).isEqualTo("r" + i);
      }
    }
  }

  @Test
  void theEndpointSeesMethodPathQueryAndHeadersAsSent() throws IOException {
    try (Client client = new Client(server)) {
      client
          .send(
              "PUT /a%2Fb/../c?x=%20&y HTTP/1.1\r\nHost: any.localhost:1\r\nX-One: a\r\nx-one: b\r\nX-Two:  spaced \r\n\r\n")
          .answer();
    }
    HttpRequest request = seen.remove();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path()).isEqualTo("/a%2Fb/../c");
    assertThat(request.query()).isEqualTo(Optional.of("x=%20&y"));
    assertThat(request.headers().first("HOST")).contains("any.localhost:1");
    assertThat(request.headers().all("x-ONE")).containsExactly("a", "b");
    assertThat(request.headers().first("x-two")).contains("spaced");
    assertThat(request.headers().first("absent")).isEmpty();
  }

  /**
   * Recorded from dynamodb.us-east-1.amazonaws.com with curl -v, March 2024: these fields, length
   * and checksum.
   */
  @Test
  void theHealthLineIsTheServicesToTheByte() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer = client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
      assertThat(answer.header("Content-Length")).isEqualTo("42");
      assertThat(answer.header("x-amz-crc32")).isEqualTo("3128867991");
      assertThat(answer.header("Server")).isEqualTo("Server");
      assertThat(answer.header("Connection")).isEqualTo("keep-alive");
      assertThat(answer.header("Date")).endsWith(" GMT");
    }
  }

  /** Text, length 29 and checksum 3552371480: dynalite's index.js, recorded from the service. */
  @Test
  void anotherMethodIsAnUnknownOperation() throws IOException {
    try (Client client = new Client(server)) {
      for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
        Client.Answer answer =
            client.send(method + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("<UnknownOperationException/>\n");
        assertThat(answer.header("x-amz-crc32")).isEqualTo("3552371480");
      }
    }
  }

  @Test
  void anAnswerToHeadHasALengthButNoBody() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer head = client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").answer(false);
      assertThat(head.header("Content-Length")).isEqualTo("29");
      assertThat(client.post("next").answer().text()).isEqualTo("next");
    }
  }

  @Test
  void everyAnswerCarriesAFreshRequestIdAndTheChecksumOfItsBody() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int connection = 0; connection < 5; connection++) {
      try (Client client = new Client(server)) {
        for (int i = 0; i < 20; i++) {
          Client.Answer answer = client.post("{\"i\":" + i + "}").answer();
          assertThat(answer.header("x-amzn-RequestId")).matches("[0-9A-Z]{52}");
          assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
          assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
          assertThat(answer.has("Transfer-Encoding")).isFalse();
          ids.add(answer.header("x-amzn-RequestId"));
        }
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void anAnswersOwnFieldsAreSent() throws IOException {
    try (HttpServer own =
            Servers.start(r ->
                new HttpResponse(302, "text/html", new byte[0], Map.of("Location", "/console")));
        Client client = new Client(own)) {
      Client.Answer answer = client.send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("Location")).isEqualTo("/console");
      assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    }
  }

  /**
   * Allow-Origin: dynalite's index.js; the exposed fields: kinesalite's index.js (the same front
   * end).
   */
  @Test
  void aPageOfLocalhostMayReadItsAnswer() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer = client.post("{}", "Origin: http://localhost:3000").answer();
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Access-Control-Expose-Headers"))
          .isEqualTo(
              "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date");
      assertThat(client.post("{}").answer().has("Access-Control-Allow-Origin")).isFalse();
    }
  }

  /** Status, fields and the age of two days: dynalite's index.js. */
  @Test
  void aPreflightAllowsWhatItAsksFor() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer =
          client
              .send(
                  """
                  OPTIONS / HTTP/1.1\r
                  Host: localhost\r
                  Origin: http://localhost:3000\r
                  Access-Control-Request-Method: POST\r
                  Access-Control-Request-Headers: authorization,x-amz-target\r
                  \r
                  """)
              .answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("POST");
      assertThat(answer.header("Access-Control-Allow-Headers"))
          .isEqualTo("authorization,x-amz-target");
      assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("172800");
      assertThat(answer.header("Access-Control-Expose-Headers")).startsWith("x-amzn-RequestId,");
      assertThat(answer.header("Content-Length")).isEqualTo("0");
      assertThat(answer.header("x-amz-crc32")).isEqualTo("0");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aClientThatClosesItsHalfStillGetsItsAnswer() throws IOException {
    try (Client client = new Client(server)) {
      client.post("last words").endOfRequests();
      assertThat(client.answer().text()).isEqualTo("last words");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aRequestThatAsksToCloseIsTheLastOfItsConnection() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer = client.post("bye", "Connection: close").answer();
      assertThat(answer.text()).isEqualTo("bye");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void twoThousandIdleConnectionsStayOpenWhileRequestsAreAnswered() throws IOException {
    List<Client> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 2000; i++) {
        idle.add(new Client(server));
      }
      Servers.await(() -> server.connections() == 2000);
      try (Client busy = new Client(server)) {
        for (int i = 0; i < 200; i++) {
          assertThat(busy.post("x").answer().status()).isEqualTo(200);
        }
      }
      for (Client client : idle) {
        assertThat(client.post("still here").answer().text()).isEqualTo("still here");
      }
    } finally {
      for (Client client : idle) {
        client.close();
      }
    }
    Servers.await(() -> server.connections() == 0);
  }

  @Test
  void anAnswerMuchLargerThanAnyBufferArrivesWhole() throws IOException {
    byte[] body = new byte[10_000_000];
    Arrays.fill(body, (byte) 'z');
    try (Client client = new Client(server)) {
      Client.Answer answer = client.post(body).answer();
      assertThat(answer.body()).isEqualTo(body);
      assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
    }
  }
}
