package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A web page that nobody has named reaches nothing, neither as itself nor by a rebound name. */
final class ForeignPagesTest {
  private static final String DENIED =
      "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\"";

  private final List<String> carriedOut = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server =
      Servers.start(request -> {
        carriedOut.add(request.method());
        return Servers.echo(request);
      });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRequestOfAForeignPageIsNotCarriedOut() throws IOException {
    for (String origin : List.of("https://evil.example", "null", "http://192.168.1.7:8000")) {
      try (Client client = new Client(server)) {
        assertDenied(client.post("{}", "Origin: " + origin).answer(), "--allowed-origin");
      }
    }
  }

  @Test
  void aPreflightOfAForeignPageAllowsNothing() throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer =
          client
              .send(
                  """
                  OPTIONS / HTTP/1.1\r
                  Host: localhost\r
                  Origin: https://evil.example\r
                  Access-Control-Request-Method: POST\r
                  Access-Control-Request-Headers: authorization,x-amz-target\r
                  \r
                  """)
              .answer();
      assertDenied(answer, "--allowed-origin");
      assertThat(answer.has("Access-Control-Allow-Methods")).isFalse();
      assertThat(answer.has("Access-Control-Allow-Headers")).isFalse();
    }
  }

  @Test
  void aReboundNameIsRefusedWhateverItsOrigin() throws IOException {
    for (String origin : List.of("", "Origin: http://evil.example:8000\r\n")) {
      try (Client client = new Client(server)) {
        client.send(
            "POST / HTTP/1.1\r\nHost: evil.example:8000\r\n"
                + origin
                + "Content-Length: 2\r\n\r\n{}");
        assertDenied(client.answer(), "--allowed-host");
      }
    }
  }

  /** The first request of a server, too, when no host was allowed before. */
  @Test
  void aHostFieldWithoutANameIsRefused() throws IOException {
    for (String field : List.of("", " ", ":8000")) {
      try (Client client = new Client(server)) {
        client.send("POST / HTTP/1.1\r\nHost:" + field + "\r\nContent-Length: 2\r\n\r\n{}");
        assertDenied(client.answer(), "--allowed-host");
      }
    }
  }

  private void assertDenied(Client.Answer answer, String option) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).startsWith(DENIED).contains(option);
    assertThat(answer.has("Access-Control-Allow-Origin")).isFalse();
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(carriedOut).isEmpty();
  }
}
