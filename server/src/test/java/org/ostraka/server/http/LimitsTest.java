package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ostraka.server.work.HeavyWorks;

class LimitsTest {

  private static final String OVERLOADED =
      "{\"__type\":\"com.amazon.coral.service#ServiceUnavailableException\"";
  private static final String MALFORMED =
      "{\"__type\":\"com.amazon.coral.service#MalformedHttpRequestException\"";

  @Test
  void aRequestLineBeyondTheLimitIsRefused() throws IOException {
    assertRefused("GET /" + "a".repeat(8 * 1024) + " HTTP/1.1\r\n\r\n", 414);
  }

  @Test
  void aHeaderBeyondTheLimitIsRefused() throws IOException {
    assertRefused("GET / HTTP/1.1\r\nX: " + "a".repeat(33 * 1024) + "\r\n\r\n", 431);
  }

  @Test
  void aFloodOfHeadersIsRefused() throws IOException {
    assertRefused("GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(100_000), 431);
    StringBuilder different = new StringBuilder("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 10_000; i++) {
      different.append("X-").append(i).append(": a\r\n");
    }
    assertRefused(different.toString(), 431);
  }

  @Test
  void aHeaderNameWithoutEndIsRefused() throws IOException {
    assertRefused("GET / HTTP/1.1\r\n" + "a".repeat(33 * 1024), 431);
  }

  @Test
  void whatIsNotHttpIsRefused() throws IOException {
    assertRefused("hello\r\n\r\n", 400);
    assertRefused("GET /\r\n\r\n", 400);
    assertRefused("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400);
    assertRefused("GET / HTTP/1.1\n\n", 400);
    assertRefused("GET / HTTP/2.0\r\n\r\n", 400);
    assertRefused("\u0016\u0003\u0001\u0002\r\n", 400); // TLS on the plain port
  }

  @Test
  void anOldVersionIsRefused() throws IOException {
    assertRefused("GET / HTTP/1.0\r\n\r\n", 505);
  }

  private static void assertRefused(String request, int status) throws IOException {
    try (HttpServer server = Servers.start(Servers::echo);
        Client client = new Client(server)) {
      Client.Answer answer = client.send(request).answer();
      assertThat(answer.status()).as(answer.text()).isEqualTo(status);
      assertThat(answer.text()).startsWith(MALFORMED);
      assertThat(answer.header("x-amzn-RequestId")).matches("[0-9A-Z]{52}");
      assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
      assertThat(answer.header("Connection")).isEqualTo("close");
      // Otherwise the server waits a second for bytes that are still arriving.
      client.endOfRequests();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void largeHeadersWithinTheLimitAreServed() throws IOException {
    try (HttpServer server = Servers.start(Servers::echo);
        Client client = new Client(server)) {
      assertThat(client.post("x", "X-Amz-Security-Token: " + "t".repeat(30_000)).answer().status())
          .isEqualTo(200);
    }
  }

  @Test
  @SuppressWarnings("try") // Closes one client so that another finds room.
  void aConnectionBeyondTheLimitIsRefusedAndItsPlaceIsFreeLater() throws IOException {
    Duration patience = Duration.ofSeconds(20);
    try (HttpServer server =
            Servers.start(Servers.limits(1000, 2, patience, patience), Servers::echo);
        Client second = new Client(server)) {
      try (Client first = new Client(server)) {
        Servers.await(() -> server.connections() == 2);
        try (Client third = new Client(server)) {
          Client.Answer answer = third.answer();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.text()).startsWith(OVERLOADED);
          assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
          assertThat(third.isClosedByServer()).isTrue();
        }
        assertThat(first.post("x").answer().status()).isEqualTo(200);
      }
      Servers.await(() -> server.connections() == 1);
      try (Client fourth = new Client(server)) {
        assertThat(fourth.post("x").answer().status()).isEqualTo(200);
      }
      assertThat(second.post("x").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void announcedBodiesThatDoNotArriveCostNoMemory() throws IOException {
    List<Client> clients = new ArrayList<>();
    try (HttpServer server = Servers.start(Servers::echo)) {
      long before = usedBytes();
      for (int i = 0; i < 1000; i++) {
        clients.add(
            new Client(server)
                .send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16777216\r\n\r\n"));
      }
      Servers.await(() -> server.connections() == 1000);
      assertThat(usedBytes() - before).isLessThan(150L * 1024 * 1024); // 16 GB are announced
    } finally {
      for (Client client : clients) {
        client.reset();
      }
    }
  }

  @Test
  void whoSendsBodiesOfExcessiveSizeMaySendOnlySmallOnesForAWhile() throws IOException {
    Duration patience = Duration.ofSeconds(20);
    byte[] large = new byte[100_000];
    try (HttpServer server =
        Servers.startWithMemory(Servers.limits(200_000, 100, patience, patience), Servers::echo)) {
      for (int i = 0; i < 30; i++) {
        assertThat(status(server, large)).isEqualTo(200);
        assertThat(status(server, new byte[200_001])).isEqualTo(413);
      }
      assertThat(status(server, large)).isEqualTo(503);
      assertThat(status(server, new byte[1000])).isEqualTo(200);
    }
  }

  /** Returns the status of the answer, once the connection is over and its failure is counted. */
  private static int status(HttpServer server, byte[] body) throws IOException {
    int status;
    try (Client client = new Client(server)) {
      status = client.post(body).answer().status();
    }
    Servers.await(() -> server.connections() == 0);
    return status;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void bodiesInFlightAreBoundedTogether() throws IOException {
    HttpLimits d = HttpLimits.DEFAULT;
    Duration patience = Duration.ofSeconds(20);
    HttpLimits tight =
        new HttpLimits(
            1_000_000,
            1_000_000,
            1_000_000,
            d.maxRequestLineBytes(),
            d.maxHeaderBytes(),
            10,
            d.minCompressedBytes(),
            patience,
            patience,
            patience,
            patience,
            patience,
            patience);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    HttpEndpoint holding =
        request -> {
          held.incrementAndGet();
          Servers.await(() -> request.body().length < 1000 || release.getCount() == 0);
          return HttpResponse.json(200, new byte[0]);
        };
    try (HttpServer server = Servers.start(tight, holding);
        Client first = new Client(server);
        Client second = new Client(server);
        Client small = new Client(server)) {
      first.post(new byte[700_000]);
      Servers.await(() -> held.get() == 1);
      Client.Answer refused = second.post(new byte[700_000]).answer();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).startsWith(OVERLOADED);
      assertThat(small.post("x").answer().status()).isEqualTo(200);
      release.countDown();
      assertThat(first.answer().status()).isEqualTo(200);
      assertThat(small.post(new byte[700_000]).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aPortThatIsTakenIsReported() throws IOException {
    try (HttpServer server = Servers.start(Servers::echo)) {
      HttpSettings same = Servers.settings(HttpLimits.DEFAULT, server.port());
      assertThatThrownBy(() ->
              HttpServer.start(
                  same,
                  Servers::echo,
                  new Random(1),
                  System::nanoTime,
                  Thread.ofPlatform().factory(),
                  HeavyWorks.SHARED))
          .isInstanceOf(java.io.UncheckedIOException.class);
    }
  }
}
