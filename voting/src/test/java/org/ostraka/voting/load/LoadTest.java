package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.wire.VoteJson;
import org.ostraka.voting.wire.VotingJson;

/** The load's clients keep to what a server asks of them, and to their own limits. */
final class LoadTest {
  private static final Duration ASKED = Duration.ofSeconds(7);

  private static final int MAX_REQUESTS = 1_000;
  private static final List<String> REGIONS = List.of("eu-central-1", "eu-west-1");
  private static final Election ELECTION =
      new Election(
          "e",
          List.of("a", "b"),
          Instant.EPOCH,
          Instant.EPOCH.plusSeconds(60),
          new Sharding(8),
          REGIONS);

  private static final String RECEIPT =
      VotingJson.receipt(
          new Receipt("e", "voter", "a", Instant.EPOCH, REGIONS.getFirst(), 1), new byte[] {1});

  @TempDir private Path directory;

  private double votes = 40;
  private double skewOfRegions;
  private boolean isClosedFirst;
  private Tokens tokens = voter -> voter;

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

  @Test
  @Timeout(60)
  void aThousandRequestsAreUnderWayAtMost() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger received = new AtomicInteger();
    AtomicReference<URI> server = new AtomicReference<>();
    votes = 1.5 * MAX_REQUESTS;
    tokens =
        voter -> {
          begun.incrementAndGet();
          return voter;
        };
    HttpHandler handler =
        exchange -> {
          server.set(URI.create("http://127.0.0.1:" + exchange.getLocalAddress().getPort()));
          if (exchange.getRequestMethod().equals("POST")) {
            received.incrementAndGet();
            awaitAll(goOn);
          }
          answer(exchange, 201);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient()) {
      Future<Score> score = threads.submit(() -> run(20_000, _ -> {}, handler));
      try {
        // More votes wait than the limit lets through.
        TwoMemories.await(
            () -> received.get() >= MAX_REQUESTS && begun.get() >= 1.2 * MAX_REQUESTS);
        // Without the limit the others are on their way: these come after them.
        for (int others = 0; others < 20; others++) {
          HttpRequest other = HttpRequest.newBuilder(server.get()).build();
          assertThat(http.send(other, HttpResponse.BodyHandlers.discarding()).statusCode())
              .isEqualTo(201);
        }
        assertThat(received).hasValue(MAX_REQUESTS);
      } finally {
        goOn.countDown();
      }
      assertThat(score.get().acknowledged()).isEqualTo(received.get()).isEqualTo(begun.get());
    }
  }

  @Test
  void votersHomesAreInTheRegionsThatTheSkewSays() throws Exception {
    Map<String, Integer> homes = new ConcurrentHashMap<>();
    tokens =
        voter -> {
          homes.merge(ELECTION.homeOf(ELECTION.shardOf(voter)), 1, Integer::sum);
          return voter;
        };
    Score even = run(20_000, _ -> {}, exchange -> answer(exchange, 201));
    assertThat(even.acknowledged()).isPositive();
    assertThat(homes).containsOnlyKeys(REGIONS);
    homes.clear();
    skewOfRegions = 100;
    Score skewed = run(20_000, _ -> {}, exchange -> answer(exchange, 201));
    assertThat(homes).isEqualTo(Map.of(REGIONS.getFirst(), (int) skewed.acknowledged()));
  }

  @Test
  void aVoteWhoseClientFailsIsGivenUp() throws Exception {
    tokens =
        voter -> {
          if (voter.startsWith("voter-3-")) {
            throw new IllegalStateException("no token for " + voter);
          }
          return voter;
        };
    Score score = run(20_000, _ -> {}, exchange -> answer(exchange, 201));
    assertThat(score.givenUp()).isEqualTo(1);
    assertThat(score.acknowledged()).isPositive();
  }

  @Test
  void anAnswerWithoutAReceiptIsNotClear() throws Exception {
    AtomicInteger answers = new AtomicInteger();
    Score score =
        run(
            20_000,
            _ -> {},
            exchange -> {
              switch (answers.incrementAndGet()) {
                case 1 -> answer(exchange, 201, "");
                case 2 -> answer(exchange, 200, "<html>");
                default -> answer(exchange, 201);
              }
            });
    assertThat(score.retried()).isEqualTo(2);
    assertThat(score.givenUp()).isZero();
    assertThat(score.acknowledged()).isEqualTo(answers.get() - 2);
  }

  @Test
  void onlyVotersWhoHaveVotedOtherwiseAreRefused() throws Exception {
    AtomicInteger answers = new AtomicInteger();
    Score score =
        run(
            20_000,
            _ -> {},
            exchange -> {
              switch (answers.incrementAndGet()) {
                case 1 -> answer(exchange, 409, "{}");
                case 2 -> answer(exchange, 422, "{}");
                default -> answer(exchange, 401, "{\"message\":\"a valid token is needed\"}");
              }
            });
    assertThat(score.refused()).isEqualTo(2);
    assertThat(score.rejected()).isEqualTo(answers.get() - 2).isPositive();
    assertThat(score.firstRejection()).isEqualTo("401 {\"message\":\"a valid token is needed\"}");
    assertThat(score.acknowledged()).isZero();
    assertThat(score.retried()).isZero();
  }

  @Test
  void oneVoterInFiftyVotesTwiceAndOneForTwoCandidates() throws Exception {
    votes = 500;
    Map<String, Queue<String>> candidates = new ConcurrentHashMap<>();
    Score score =
        run(
            20_000,
            _ -> {},
            exchange -> {
              String voter = exchange.getRequestHeaders().getFirst("Authorization");
              candidates
                  .computeIfAbsent(voter, _ -> new ConcurrentLinkedQueue<>())
                  .add(
                      VoteJson.read(exchange.getRequestBody().readAllBytes())
                          .orElseThrow()
                          .candidate());
              answer(exchange, 201);
            });
    assertThat(candidates).hasSizeGreaterThan(250);
    candidates.forEach((voter, sent) -> {
      switch (Integer.parseInt(voter.split("-")[1]) % 50) {
        case 1 -> assertThat(sent).as(voter).hasSize(2).containsOnly(sent.element());
        case 2 -> assertThat(sent).as(voter).containsExactlyInAnyOrder("a", "b");
        default -> assertThat(sent).as(voter).hasSize(1);
      }
    });
    assertThat(score.acknowledged()).isGreaterThan(candidates.size());
  }

  @Test
  void anInterruptedLoadStartsNoFurtherVote() {
    AtomicInteger begun = new AtomicInteger();
    tokens =
        voter -> {
          begun.incrementAndGet();
          return voter;
        };
    assertThatThrownBy(() ->
            run(20_000, _ -> Thread.currentThread().interrupt(), exchange -> answer(exchange, 201)))
        .isInstanceOf(InterruptedException.class);
    assertThat(begun).hasValue(0);
  }

  @Test
  void aClosedLoadHasNoConnections() throws Exception {
    AtomicInteger received = new AtomicInteger();
    isClosedFirst = true;
    Score score =
        run(
            20_000,
            _ -> {},
            exchange -> {
              received.incrementAndGet();
              answer(exchange, 201);
            });
    assertThat(score.givenUp()).isPositive();
    assertThat(received).hasValue(0);
  }

  private static void awaitAll(CountDownLatch arrivals) throws IOException {
    try {
      arrivals.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    answer(exchange, status, RECEIPT);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Sends some votes to a server that answers as it is told; each arrives in future. */
  @SuppressWarnings("try") // A test closes the load before it runs.
  private Score run(int maxInFlight, Pause pause, HttpHandler handler) throws Exception {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * MAX_REQUESTS);
    var _ = server.createContext("/", handler);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Ledger ledger = new Ledger(directory.resolve("ledger"), threads)) {
      server.setExecutor(threads);
      server.start();
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Load.Target target = new Load.Target(List.of(url), List.of(ELECTION), 0, skewOfRegions);
      InstantSource clock = InstantSource.fixed(Instant.EPOCH);
      try (Load load = new Load(target, maxInFlight, tokens, ledger, threads, clock, pause)) {
        if (isClosedFirst) {
          load.close();
        }
        return load.run(
            new Profile(votes, Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1), 1),
            "voter-",
            new SplittableRandom(1));
      }
    } finally {
      server.stop(0);
    }
  }
}
