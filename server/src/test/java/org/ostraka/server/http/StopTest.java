package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Thread stopInBackground(HttpServer server) {
    return Thread.ofPlatform().start(server::close);
  }

  private static boolean refusesConnections(int port) {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void idleConnectionsAreClosedAndNewOnesRefused() throws IOException {
    HttpServer server = Servers.start(Servers::echo);
    int port = server.port();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      clients.add(new Client(server));
      if (i % 2 == 0) {
        clients.get(i).post("x").answer();
      }
    }
    Servers.await(() -> server.connections() == 200);
    server.close();
    for (Client client : clients) {
      assertThat(client.isClosedByServer()).isTrue();
      client.close();
    }
    assertThat(refusesConnections(port)).isTrue();
    assertThat(server.connections()).isZero();
  }

  @Test
  void aRequestInTheEndpointIsAnsweredAndItsConnectionClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    HttpServer server =
        Servers.start(request -> {
          begun.countDown();
          Servers.await(() -> release.getCount() == 0);
          return Servers.echo(request);
        });
    int port = server.port();
    try (Client client = new Client(server)) {
      client.post("in flight");
      begun.await();
      Thread stop = stopInBackground(server);
      Servers.await(() -> refusesConnections(port));
      assertThat(stop.isAlive()).isTrue();
      release.countDown();
      Client.Answer answer = client.answer();
      assertThat(answer.text()).isEqualTo("in flight");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
      stop.join();
    }
  }

  @Test
  void aRequestWhoseHeadOrBodyIsStillArrivingIsAnswered() throws Exception {
    HttpServer server = Servers.start(Servers::echo);
    int port = server.port();
    try (Client head = new Client(server);
        Client body = new Client(server)) {
      head.post("warm").answer();
      body.post("warm").answer();
      head.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Le");
      body.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(body.line())
          .isEqualTo("HTTP/1.1 100 Continue"); // shows that the server is reading the body
      body.line();
      Servers.await(() -> server.idleConnections() == 0);
      Thread stop = stopInBackground(server);
      Servers.await(() -> refusesConnections(port));
      assertThat(head.send("ngth: 2\r\n\r\nok").answer().text()).isEqualTo("ok");
      assertThat(body.send("hello").answer().text()).isEqualTo("hello");
      stop.join();
    }
  }

  @Test
  void aRequestPipelinedBehindTheLastOneIsNotBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    HttpServer server =
        Servers.start(request -> {
          begun.countDown();
          Servers.await(() -> release.getCount() == 0);
          return Servers.echo(request);
        });
    int port = server.port();
    try (Client client = new Client(server)) {
      String one = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";
      client.send(one + "1" + one + "2");
      begun.await();
      Thread stop = stopInBackground(server);
      Servers.await(() -> refusesConnections(port));
      release.countDown();
      assertThat(client.answer().text()).isEqualTo("1");
      assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
      stop.join();
    }
  }

  @Test
  void whatOutlastsTheGraceIsCutOff() throws Exception {
    Duration grace = Duration.ofMillis(300);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    HttpEndpoint stuck =
        request -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Servers.echo(request);
        };
    HttpServer server = Servers.start(Servers.limits(1000, 100, PATIENCE, grace), stuck);
    try (Client inEndpoint = new Client(server);
        Client inBody = new Client(server)) {
      inEndpoint.post("x");
      inBody.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe");
      begun.await();
      long start = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(grace.dividedBy(2), Duration.ofSeconds(10));
      assertThat(inEndpoint.isClosedByServer()).isTrue();
      assertThat(inBody.isClosedByServer()).isTrue();
    }
  }

  @Test
  void stoppingTwiceIsHarmless() {
    HttpServer server = Servers.start(Servers::echo);
    server.close();
    server.close();
    assertThat(server.connections()).isZero();
  }
}
