package org.ostraka.benchmarks.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.benchmarks.load.LoadResult;

/** The report about an added index, for a server that gives prepared descriptions in turn. */
final class IndexAdditionTest {
  private final Deque<String> descriptions = new ArrayDeque<>();
  private HttpServer server;
  private IndexProgress progress;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String answer = descriptions.remove();
          exchange.sendResponseHeaders(200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(US_ASCII));
          exchange.close();
        });
    server.start();
    progress = new IndexProgress(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    progress.close();
    server.stop(0);
  }

  @Test
  void quartersAreReportedAsTheyWereSeen() throws IOException {
    describe("CREATING", 10, 25, 60);
    describe("ACTIVE", 100);
    for (int look = 0; look < 4; look++) {
      assertThat(progress.isOver()).isFalse();
      progress.run();
    }
    assertThat(progress.isOver()).isTrue();
    assertThat(progress.looks()).isEqualTo(3);
    assertThat(progress.timeTo(25)).isEqualTo(progress.timeTo(11)).isPresent();
    assertThat(progress.timeTo(61)).isEmpty();
    assertThat(IndexAddition.building(progress, 100))
        .containsPattern("25 % of the items after [0-9.]+ s, 50 % of the items after [0-9.]+ s,")
        .endsWith("75 % of the items never.\n");
  }

  @Test
  void askingThatFailsEndsTheBuilding() {
    descriptions.add("{\"Table\":{}}");
    progress.run();
    assertThat(progress.isOver()).isTrue();
    assertThatThrownBy(progress::timeToActive).hasMessageStartingWith("no index");
  }

  @Test
  void writesAreComparedWithThoseBefore() {
    String table = IndexAddition.table(result(100, 1), result(50, 3), result(80, 2));
    assertThat(table.lines().skip(2))
        .containsExactly(
            "| before the index | 1.00 | 100 | 1.00 | 1.00 | 1.00 | 1 |",
            "| while it is built | 0.50 | 50 | 3.00 | 3.00 | 3.00 | 3 |",
            "| with the index | 0.80 | 80 | 2.00 | 2.00 | 2.00 | 2 |");
  }

  private void describe(String status, int... items) {
    for (int count : items) {
      descriptions.add(
          "{\"Table\":{\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-first-text\","
              + "\"IndexStatus\":\"%s\",\"ItemCount\":%d}]}}".formatted(status, count));
    }
  }

  /** Makes a result of this many operations in a second, of this many milliseconds each. */
  private static LoadResult result(int perSecond, long millis) {
    Histogram latencies = new Histogram(3);
    List.of(1, 2, 3).forEach(_ -> latencies.recordValue(millis * 1_000_000));
    return new LoadResult(latencies, perSecond, 0, Duration.ofSeconds(1));
  }
}
