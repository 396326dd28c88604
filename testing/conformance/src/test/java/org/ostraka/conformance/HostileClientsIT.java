package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ostraka.conformance.OstrakaProcess.Ended;

/**
 * No client stops the process or starves others. With default settings the server survives loads
 * that are made to take all memory or all processors; it refuses what it cannot bear with 503, and
 * meanwhile answers small reads of another client.
 *
 * <p>Each load lasts half a second. {@code -Dostraka.hostile.seconds=300} makes it five minutes
 * over all its connections, and holds the small reads to their goal.
 */
final class HostileClientsIT {
  private static final long SHORT_MILLIS = 500;

  /** A short run has this many times fewer connections. */
  private static final int SHORT_DIVISOR = 4;

  private static final Duration TIME =
      Integer.getInteger("ostraka.hostile.seconds") == null
          ? Duration.ofMillis(SHORT_MILLIS)
          : Duration.ofSeconds(Integer.getInteger("ostraka.hostile.seconds"));

  private static final boolean LONG = TIME.toMillis() > SHORT_MILLIS;

  /**
   * The goal on two processors. A short run on a shared machine only shows that the server goes on.
   */
  private static final Duration P99 = LONG ? Duration.ofMillis(500) : Duration.ofSeconds(3);

  @TempDir private static Path directory;
  private static OstrakaProcess server;

  @BeforeAll
  static void fill() throws IOException, InterruptedException {
    server = OstrakaProcess.serve(directory.resolve("data"));
    try (RawConnection connection = RawConnection.open(server.endpoint())) {
      for (RawConnection.Request table : HostileRequests.tables()) {
        assertThat(connection.call(table)).isEqualTo(200);
      }
      for (int i = 0; i < HostileRequests.ITEMS; i++) {
        assertThat(connection.call(HostileRequests.item(i))).isEqualTo(200);
      }
      assertThat(connection.call(HostileRequests.textItem())).isEqualTo(200);
      assertThat(connection.call(HostileRequests.smallItem())).isEqualTo(200);
    }
  }

  static List<HostileLoad> loads() {
    List<HostileLoad> loads = HostileRequests.loads();
    return LONG ? loads : loads.stream().map(load -> load.part(SHORT_DIVISOR)).toList();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void theProcessLivesAndOthersAreAnswered(HostileLoad load)
      throws IOException, InterruptedException {
    SmallReads reads = SmallReads.start(server.endpoint(), HostileRequests.readSmallItem());
    Map<String, Integer> answers = load.run(server.endpoint(), TIME);
    SmallReads.Report report = reads.end();
    System.out.println(load + ": " + answers + "; " + report);
    assertThat(server.endsWithin(Duration.ZERO)).as("the process ended: %s", answers).isFalse();
    assertThat(load.expected()).containsAll(answers.keySet());
    assertThat(report.failures()).isEmpty();
    assertThat(report.p99()).isLessThan(P99);
  }

  @AfterAll
  static void end() throws InterruptedException {
    try (OstrakaProcess ending = server) {
      Ended end = ending.terminate();
      assertThat(end.status()).as(end.output()).isZero();
    }
  }
}
