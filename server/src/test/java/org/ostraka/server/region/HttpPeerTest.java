package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.TableArn;

/** Calls of another process: several requests at once, and every caller gets its own answer. */
@Timeout(60)
final class HttpPeerTest {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch full = new CountDownLatch(4);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile byte version = 1;
  private HttpServer server;
  private HttpPeer peer;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    peer = new HttpPeer(endpoint, Optional.empty(), SSLContext.getDefault(), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    release.countDown();
    peer.close();
    server.stop(0);
    executor.shutdownNow();
  }

  @Test
  void severalRequestsAreUnderWayAndTheOtherCallsGoTogether() throws Exception {
    List<Future<Optional<Peer.Table>>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TableArn table = table(i);
      calls.add(executor.submit(() -> peer.find(table)));
    }
    full.await();
    release.countDown();
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).get()).contains(new Peer.Table(isProtected(table(i).toString())));
    }
    assertThat(most.get()).isEqualTo(4);
    assertThat(requests.get()).isLessThan(calls.size());
  }

  @Test
  void anAnswerInAnotherVersionOfTheProtocolIsRefused() {
    release.countDown();
    version = 3;
    assertThatThrownBy(() -> peer.find(table(1)))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("version 3 of the protocol between regions is not spoken here");
  }

  @Test
  void callersOfAServerThatIsGoneAreToldSo() {
    server.stop(0);
    assertThatThrownBy(() -> peer.find(table(1)))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("cannot be reached: ")
        .hasMessageNotContaining("null");
  }

  private static TableArn table(int number) {
    return TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/votes-" + number)
        .orElseThrow();
  }

  private static boolean isProtected(String table) {
    return table.hashCode() % 2 == 0;
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    requests.incrementAndGet();
    full.countDown();
    try (exchange;
        GZIPInputStream in = new GZIPInputStream(exchange.getRequestBody())) {
      release.await();
      List<PeerCall> answers = new ArrayList<>();
      for (PeerCall call : PeerCall.read(in.readAllBytes())) {
        String table = new String(call.content(), StandardCharsets.UTF_8);
        answers.add(
            new PeerCall(PeerCall.PRESENT, new byte[] {(byte) (isProtected(table) ? 1 : 0)}));
      }
      byte[] body = PeerCall.encoded(1, answers);
      body[0] = version;
      underWay.decrementAndGet();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
