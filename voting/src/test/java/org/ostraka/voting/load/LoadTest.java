package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Pause;

/** The load's clients keep to what a server asks of them, and to their own limit. */
final class LoadTest {
  private static final Duration ASKED = Duration.ofSeconds(7);

  @TempDir private Path directory;

  @Test
  void aVoteThatIsTurnedAwayWaitsAsLongAsTheServerAsks() throws Exception {
    AtomicBoolean isTurnedAway = new AtomicBoolean();
    List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    Score score =
        run(
            20_000,
            pauses::add,
            exchange -> {
              boolean isFirst = isTurnedAway.compareAndSet(false, true);
              if (isFirst) {
                exchange.getResponseHeaders().set("Retry-After", Long.toString(ASKED.toSeconds()));
              }
              answer(exchange, isFirst ? 503 : 201);
            });
    assertThat(score.acknowledged()).isPositive();
    assertThat(score.retried()).isEqualTo(1);
    assertThat(score.givenUp()).isZero();
    assertThat(score.notSent()).isZero();
    assertThat(pauses).containsOnlyOnce(ASKED);
  }

  @Test
  void votesAboveTheLimitAreNotSent() throws Exception {
    CountDownLatch arrivals = new CountDownLatch(10);
    AtomicInteger received = new AtomicInteger();
    Score score =
        run(
            1,
            beforeArrival -> arrivals.countDown(),
            exchange -> {
              received.incrementAndGet();
              awaitAll(arrivals);
              answer(exchange, 201);
            });
    assertThat(score.notSent()).isGreaterThanOrEqualTo(8);
    assertThat(score.acknowledged()).isPositive().isEqualTo(received.get());
  }

  private static void awaitAll(CountDownLatch arrivals) throws IOException {
    try {
      arrivals.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    byte[] receipt = "a receipt".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, receipt.length);
    exchange.getResponseBody().write(receipt);
    exchange.close();
  }

  /** Sends some forty votes to a server that answers as it is told; each arrives in future. */
  private Score run(int maxInFlight, Pause pause, HttpHandler handler) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ = server.createContext("/", handler);
    server.start();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Ledger ledger = new Ledger(directory.resolve("ledger"), threads)) {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Load.Target target =
          new Load.Target(List.of(url), List.of("e"), List.of(List.of("a", "b")), Set.of(), 0);
      Load load =
          new Load(
              target,
              maxInFlight,
              voter -> voter,
              ledger,
              threads,
              InstantSource.fixed(Instant.EPOCH),
              pause);
      return load.run(
          new Profile(40, Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1), 1),
          "voter-",
          new SplittableRandom(1));
    } finally {
      server.stop(0);
    }
  }
}
