package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load generator against a real HTTP server, that of the JDK. */
final class LoadRunTest {
  /** Long enough for many answers, even on a busy machine. */
  private static final Duration LONG = Duration.ofSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(200);

  private final Set<String> bodies = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private ExecutorService threads;
  private HttpServer server;
  private URI endpoint;

  /** Answers the n-th request, counted from 1. */
  @FunctionalInterface
  private interface Answer {
    void to(int number, HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void countsWhatWasAnswered() throws IOException {
    serve((_, exchange) -> answer(exchange, 200, "{}"));
    LoadResult result = run(plan(get(), 7, 3, OptionalDouble.empty(), LONG));
    assertThat(result.finished()).isPositive().isLessThanOrEqualTo(requests.get());
    assertThat(result.latencies().getTotalCount()).isEqualTo(result.finished());
    assertThat(result.perSecond()).isEqualTo(result.finished() / 1.0);
    assertThat(bodies).hasSizeGreaterThan(1).allMatch(body -> body.matches("\"\\d{12}\""));
  }

  @Test
  void aRunEndsEarlyWhenItIsOver() throws IOException {
    serve((_, exchange) -> answer(exchange, 200, "{}"));
    LoadPlan plan = plan(get(), 4, 2, OptionalDouble.empty(), Duration.ofHours(1));
    LoadResult result =
        LoadRun.runUntil(
            plan, new SplittableRandom(1), LoadRun.Meter.NONE, () -> requests.get() > 100);
    assertThat(result.finished()).isBetween(1L, (long) requests.get());
    assertThat(result.elapsed()).isPositive().isLessThan(Duration.ofHours(1));
  }

  @Test
  void anAnswerThatIsNoSuccessFailsTheRun() {
    serve((number, exchange) ->
        answer(exchange, number == 1 ? 400 : 200, number == 1 ? "{\"wrong\":true}" : "{}"));
    assertThatThrownBy(() -> run(plan(get(), 2, 1, OptionalDouble.empty(), LONG)))
        .isInstanceOf(LoadFailedException.class)
        .hasMessageStartingWith("1 answers were no success")
        .hasMessageContaining("400")
        .hasMessageContaining("{\"wrong\":true}");
  }

  @Test
  void openLoopCountsWhatWasDueWhileTheServerStoodStill() throws IOException {
    serve((_, _) -> awaitTheEnd());
    LoadResult result = run(plan(get(), 1, 1, OptionalDouble.of(1000), SHORT));
    assertThat(result.finished()).isZero();
    // 200 operations were due in 0.2 s and waited for 0 to 0.2 s, half of them for more than 0.1 s.
    assertThat(result.latencies().getTotalCount()).isBetween(199L, 201L);
    assertThat(result.milliseconds(50)).isBetween(98.0, 102.0);
    assertThat(result.milliseconds(100)).isBetween(198.0, 202.0);
  }

  @Test
  void openLoopKeepsToItsRate() throws IOException {
    serve((_, exchange) -> answer(exchange, 200, "{}"));
    LoadResult result = run(plan(get(), 4, 2, OptionalDouble.of(100), LONG));
    // Each of the 100 operations counts, whether it is over or only due.
    assertThat(result.latencies().getTotalCount()).isBetween(99L, 101L);
    assertThat(result.finished()).isPositive();
  }

  @Test
  void stepsOfAnOperationFollowEachOtherOnTheSameKey() throws IOException {
    serve((_, exchange) -> answer(exchange, 200, "{}"));
    Operation read = new Operation(template("\"read @d12@\""), LoadRunTest::key);
    Operation write =
        new Operation(
            template("\"write @d12@\""), (request, draw) -> request.number(0, draw.sameKey()));
    Workload both = new Workload(List.of(new Workload.Choice(100, List.of(read, write))));
    run(plan(both, 1, 1, OptionalDouble.empty(), LONG));
    assertThat(bodies.stream().filter(body -> body.startsWith("\"write")))
        .isNotEmpty()
        .allMatch(write1 -> bodies.contains(write1.replace("write", "read")));
  }

  @Test
  void aMeterIsCalledAtBeginAndEnd() throws IOException {
    serve((_, exchange) -> answer(exchange, 200, "{}"));
    long[] times = new long[2];
    LoadRun.run(
        plan(get(), 1, 1, OptionalDouble.empty(), LONG),
        new SplittableRandom(1),
        new LoadRun.Meter() {
          @Override
          public void begin() {
            times[0] = System.nanoTime();
          }

          @Override
          public void end() {
            times[1] = System.nanoTime();
          }
        });
    assertThat(times[0]).isNotZero();
    assertThat(Duration.ofNanos(times[1] - times[0])).isGreaterThan(LONG.dividedBy(2));
  }

  @Test
  void aProbeSendsEachRequestOnce() throws IOException {
    serve((_, exchange) -> answer(exchange, 400, "{\"message\":\"no\"}"));
    List<Caller.Answer> answers = Probe.answers(plan(get(), 64, 1, OptionalDouble.empty(), LONG));
    assertThat(answers)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.isSuccess()).isFalse();
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.bodyBytes()).isEqualTo(16);
          assertThat(answer.summary()).endsWith("{\"message\":\"no\"}");
        });
    assertThat(requests).hasValue(1);
  }

  private static LoadResult run(LoadPlan plan) throws IOException {
    return LoadRun.run(plan, new SplittableRandom(1), LoadRun.Meter.NONE);
  }

  private LoadPlan plan(
      Workload workload, int clients, int threads, OptionalDouble rate, Duration duration) {
    return new LoadPlan(
        endpoint,
        workload,
        new KeySpace(1000),
        Distribution.UNIFORM,
        clients,
        threads,
        rate,
        Duration.ZERO,
        duration);
  }

  private Workload get() {
    return Workload.of(new Operation(template("\"@d12@\""), LoadRunTest::key));
  }

  private RequestTemplate template(String body) {
    return RequestTemplate.of(endpoint, "GetItem", body);
  }

  private static void key(Request request, Draw draw) {
    request.number(0, draw.key());
  }

  private void serve(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
          answer.to(requests.incrementAndGet(), exchange);
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.getBytes(US_ASCII));
    exchange.close();
  }

  private void awaitTheEnd() {
    try {
      over.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
