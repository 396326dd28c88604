package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load's clients keep to what a server asks of them. */
final class LoadTest {
  private static final Duration ASKED = Duration.ofSeconds(7);

  @TempDir private Path directory;

  @Test
  void aVoteThatIsTurnedAwayWaitsAsLongAsTheServerAsks() throws Exception {
    AtomicBoolean isTurnedAway = new AtomicBoolean();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ =
        server.createContext(
            "/",
            exchange -> {
              boolean isFirst = isTurnedAway.compareAndSet(false, true);
              if (isFirst) {
                exchange.getResponseHeaders().set("Retry-After", Long.toString(ASKED.toSeconds()));
              }
              byte[] receipt = "a receipt".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(isFirst ? 503 : 201, receipt.length);
              exchange.getResponseBody().write(receipt);
              exchange.close();
            });
    server.start();
    List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    Score score;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Ledger ledger = new Ledger(directory.resolve("ledger"), threads)) {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Load.Target target =
          new Load.Target(List.of(url), List.of("e"), List.of(List.of("a", "b")), Set.of(), 0);
      Load load =
          new Load(target, voter -> voter, ledger, threads, InstantSource.system(), pauses::add);
      score =
          load.run(
              new Profile(40, Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1), 1),
              "voter-",
              new SplittableRandom(1));
    } finally {
      server.stop(0);
    }
    assertThat(score.acknowledged()).isPositive();
    assertThat(score.retried()).isEqualTo(1);
    assertThat(score.givenUp()).isZero();
    assertThat(pauses).containsOnlyOnce(ASKED);
  }
}
