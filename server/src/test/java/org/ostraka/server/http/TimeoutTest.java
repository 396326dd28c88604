package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimeoutTest {

  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static HttpServer impatient(HttpEndpoint endpoint) {
    return Servers.start(Servers.limits(MAX_BODY_BYTES, 1000, SHORT, SHORT), endpoint);
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (HttpServer server = impatient(Servers::echo);
        Client fresh = new Client(server);
        Client used = new Client(server)) {
      assertThat(used.post("x").answer().status()).isEqualTo(200);
      assertThat(fresh.isClosedByServer()).isTrue();
      assertThat(used.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aHalfSentHeadIsClosed() throws IOException {
    try (HttpServer server = impatient(Servers::echo);
        Client client = new Client(server)) {
      assertThat(client.send("POST / HTTP/1.1\r\nHost: localhost\r\nX-").isClosedByServer())
          .isTrue();
    }
  }

  @Test
  void aHalfSentHeadBehindAPipelinedRequestIsClosed() throws IOException {
    try (HttpServer server = impatient(Servers::echo);
        Client client = new Client(server)) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nokPOST / HT");
      assertThat(client.answer().text()).isEqualTo("ok");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aHalfSentBodyIsClosed() throws IOException {
    try (HttpServer server = impatient(Servers::echo);
        Client client = new Client(server)) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aHeadOrBodyThatDribblesByteByByteIsClosedAllTheSame() throws IOException {
    for (String head :
        new String[] {
          "POST / HTTP/1.1\r\nHost: localhost\r\nX: ",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff00\r\n"
        }) {
      try (HttpServer server = impatient(Servers::echo);
          Client client = new Client(server)) {
        client.send(head);
        Servers.await(() -> dribbleFails(client));
      }
    }
  }

  private static boolean dribbleFails(Client client) {
    try {
      client.send("a");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void anAnswerThatTheClientDoesNotReadIsGivenUp() throws IOException, InterruptedException {
    byte[] large = new byte[100_000_000];
    CountDownLatch begun = new CountDownLatch(1);
    HttpEndpoint endpoint =
        _ -> {
          begun.countDown();
          return HttpResponse.json(200, large);
        };
    try (HttpServer server = impatient(endpoint);
        Client client = new Client(server)) {
      client.post("x");
      begun.await();
      Servers.await(() -> server.connections() == 0);
    }
  }

  @Test
  void anEndpointMayTakeLongerThanAnyTimeout() throws IOException, InterruptedException {
    CountDownLatch others = new CountDownLatch(1);
    HttpEndpoint slow =
        request -> {
          if (request.body().length == 4) {
            Servers.await(() -> others.getCount() == 0);
          }
          return Servers.echo(request);
        };
    try (HttpServer server = impatient(slow);
        Client client = new Client(server)) {
      client.post("slow");
      for (int i = 0; i < 2; i++) { // two time-outs of other connections pass meanwhile
        try (Client idle = new Client(server)) {
          assertThat(idle.isClosedByServer()).isTrue();
        }
      }
      others.countDown();
      assertThat(client.answer().text()).isEqualTo("slow");
    }
  }
}
