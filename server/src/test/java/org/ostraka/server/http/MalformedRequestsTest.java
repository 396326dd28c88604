package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;
import org.ostraka.testkit.random.RandomCase;

/** A malformed request is refused with 400, and nothing is logged. */
final class MalformedRequestsTest {
  private static final int MUTATIONS = 300;

  private final HelidonLog log = HelidonLog.start();
  private final HttpServer server = Servers.start(Servers::echo);

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST\t / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST\t/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        " POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PO(ST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "P\u00d6ST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST / HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "\r\nPOST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void aMalformedRequestLineIsRefused(String request) throws IOException {
    assertRefused(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: evil.example\r\n",
        "Host: localhost\r\nX: a\u0000b\r\n",
        "Host: localhost\r\nX: a\u0001b\r\n",
        "Host: localhost\r\nX: a\u007fb\r\n",
        "Host: localhost\u0000\r\n",
        "Host: localhost\r\nX\u0000: a\r\n",
        "Host: localhost\r\nX : a\r\n",
        "Host: localhost\r\n folded: a\r\n",
      })
  void malformedHeadersAreRefused(String fields) throws IOException {
    assertRefused("POST / HTTP/1.1\r\n" + fields + "Content-Length: 0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\n{}0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "2\r\n{}\n\r0\r\n\r\n",
        "2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
      })
  void aMalformedChunkIsRefused(String chunks) throws IOException {
    assertRefused(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  @Test
  void soundChunksAreRead() throws IOException {
    try (Client client = new Client(server)) {
      String head = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
      for (int i = 0; i < 3; i++) {
        client.send(head + "2\r\nab\r\nA\r\ncdefghijkl\r\n0\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("abcdefghijkl");
      }
    }
  }

  @Test
  void aTabWithinAValueIsSound() throws IOException {
    try (Client client = new Client(server)) {
      assertThat(client.post("x", "X: a\tb").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void damagedRequestsNeverFailTheServer(TestInfo test) throws IOException {
    Generator<String> sound =
        random ->
            random.nextBoolean()
                ? "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nAccept-Encoding: gzip\r\n\r\n{}"
                : "POST /a?b=c HTTP/1.1\r\nHost: localhost:8000\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    Mutator damaged =
        Mutator.ofBytes(
            sound,
            List.of(
                "\r\n", "\n", "\u0000", " ", "\t", ":", "Host: localhost\r\n", "%zz", "\u00ff"));
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < MUTATIONS; i++) {
      String request = damaged.next(cases.branch(i));
      assertThat(statusLine(request)).as("%s", request).doesNotContain(" 500 ");
      assertThat(log.records()).as("%s", request).isEmpty();
    }
  }

  private String statusLine(String request) throws IOException {
    try (Client client = new Client(server)) {
      client.send(request).endOfRequests();
      return client.line();
    } catch (EOFException | SocketException closed) {
      return "";
    }
  }

  private void assertRefused(String request) throws IOException {
    try (Client client = new Client(server)) {
      Client.Answer answer = client.send(request).endOfRequests().answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text())
          .startsWith("{\"__type\":\"com.amazon.coral.service#MalformedHttpRequestException\"");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(log.records()).isEmpty();
    }
  }
}
