package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureTest {

  private final ListAppender<ILoggingEvent> ours = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.ostraka.server.http");
  private final HelidonLog helidons = HelidonLog.start();

  @BeforeEach
  void listen() {
    ours.start();
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    logger.addAppender(ours);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(ours);
    helidons.close();
  }

  @Test
  void whateverTheEndpointThrowsIsAnsweredWithoutDetailsAndLoggedOnce() throws IOException {
    List<Throwable> failures =
        List.of(
            new IllegalStateException("secret"),
            new AssertionError("secret"),
            new StackOverflowError("secret"));
    AtomicInteger next = new AtomicInteger();
    HttpEndpoint failing =
        request -> {
          throw sneaky(failures.get(next.getAndIncrement()));
        };
    try (HttpServer server = Servers.start(failing);
        Client client = new Client(server)) {
      for (int i = 0; i < failures.size(); i++) {
        Client.Answer answer = client.post("x").answer();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text())
            .isEqualTo(
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\",\"message\":\"The"
                    + " request processing has failed because of an unknown error, exception or"
                    + " failure.\"}");
        assertThat(answer.header("Connection")).isEqualTo("keep-alive");
      }
    }
    assertThat(ours.list).hasSize(failures.size());
    assertThat(helidons.records()).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aClientThatLeavesIsNoErrorWhereverItWas() throws IOException {
    byte[] large = new byte[20_000_000];
    leave(HttpResponse.json(200, large));
    leave(HttpResponse.json(200, new Pieces(large)));
  }

  /** Returns a body of many pieces. */
  private record Pieces(byte[] bytes) implements Body.Pieces {
    @Override
    public boolean areKept() {
      return true;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public long crc32() {
      return Body.of(bytes).crc32();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (int from = 0; from < bytes.length; from += 1_000) {
        out.write(bytes, from, Math.min(1_000, bytes.length - from));
      }
    }
  }

  private void leave(HttpResponse response) throws IOException {
    try (HttpServer server = Servers.start(_ -> response)) {
      for (String part :
          List.of(
              "",
              "POST / HT",
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Le",
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe",
              "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
              "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx")) {
        new Client(server).send(part).reset();
        new Client(server).send(part).close();
        try (Client client = new Client(server)) {
          client.send(part).endOfRequests();
          if (part.endsWith("x")) {
            client.line(); // the answer has begun
          } else {
            assertThat(client.isClosedByServer()).isTrue();
          }
        }
      }
      Servers.await(() -> server.connections() == 0);
    }
    assertThat(ours.list).isEmpty();
    assertThat(helidons.records()).isEmpty();
  }

  @Test
  void startingAndStoppingLogsNothing() throws IOException {
    Servers.start(Servers::echo).close();
    assertThat(ours.list).isEmpty();
    assertThat(helidons.records()).isEmpty();
  }
}
