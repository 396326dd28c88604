package org.ostraka.benchmarks.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.KeySpace;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.Probe;

/** The requests of workloads, as a server receives them that keeps every body. */
final class WorkloadKindTest {
  private static final ItemShape SHAPE = new ItemShape(1024, 10);
  private static final Pattern ATTRIBUTE = Pattern.compile("\"(\\w+)\":\\{\"S\":\"([^\"]*)\"}");
  private static final Pattern ID = Pattern.compile("\"id\":\\{\"S\":\"(\\d{12})\"}");

  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private URI endpoint;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(US_ASCII));
          exchange.close();
        });
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @EnumSource(WorkloadKind.class)
  void everyFieldIsFilled(WorkloadKind kind) throws IOException {
    probe(kind, 10_000, SHAPE);
    assertThat(bodies)
        .isNotEmpty()
        .allSatisfy(body -> {
          assertThat(body).contains("ostraka-bench-").doesNotContain("@").doesNotContain("xxxxxx");
          assertThat(body.chars().filter(c -> c == '{').count())
              .isEqualTo(body.chars().filter(c -> c == '}').count());
        });
  }

  @ParameterizedTest
  @CsvSource({"1024, 10", "1024, 1", "100, 1", "4000, 100", "409600, 3", "1031, 7"})
  void anItemHasItsSize(int bytes, int attributes) throws IOException {
    ItemShape shape = new ItemShape(bytes, attributes);
    probe(WorkloadKind.PUT, 10_000, shape);
    List<MatchResult> found = ATTRIBUTE.matcher(bodies.getFirst()).results().toList();
    assertThat(found).hasSize(attributes + 1);
    assertThat(found.stream().mapToInt(a -> a.group(1).length() + a.group(2).length()).sum())
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "BATCH, 25, 25",
    "BATCH, 1000000, 25",
    "TRANSACT_TWO, 25, 2",
    "TRANSACT_TEN, 1000000, 10"
  })
  void itemsOfOneRequestDiffer(WorkloadKind kind, long keys, int items) throws IOException {
    probe(kind, keys, SHAPE);
    assertThat(ID.matcher(bodies.getFirst()).results().map(id -> id.group(1)).distinct())
        .hasSize(items)
        .allMatch(id -> Long.parseLong(id) < keys);
  }

  @Test
  void aReadBeforeAWriteIsOfTheSameKey() throws IOException {
    probe(WorkloadKind.YCSB_F, 10_000, SHAPE);
    assertThat(bodies).hasSize(3);
    assertThat(id(bodies.get(2))).isEqualTo(id(bodies.get(1)));
  }

  @Test
  void aVoteIsAlwaysANewKey() throws IOException {
    KeySpace space = WorkloadKind.VOTE.keySpace(1000, SHAPE);
    probe(WorkloadKind.VOTE, space, SHAPE);
    probe(WorkloadKind.VOTE, space, SHAPE);
    assertThat(bodies).hasSize(2).allMatch(body -> body.contains("attribute_not_exists(id)"));
    assertThat(id(bodies.get(0))).isNotEqualTo(id(bodies.get(1)));
  }

  @Test
  void rowsFillWholePartitionsThatHaveMoreThanAPage() {
    long rows = Table.ROWS.items(10_000, SHAPE);
    assertThat(rows).isGreaterThanOrEqualTo(10_000).satisfies(n -> assertThat(n % 25).isZero());
    assertThat(SHAPE.rowsPerPartition() * SHAPE.bytes()).isGreaterThan(1 << 20);
    assertThat(Table.ITEMS.items(10_001, SHAPE)).isEqualTo(10_025);
    assertThat(Table.VOTES.items(10_001, SHAPE)).isZero();
  }

  @Test
  void workloadsAreFoundByName() {
    for (WorkloadKind kind : WorkloadKind.values()) {
      assertThat(WorkloadKind.named(kind.title())).contains(kind);
    }
    assertThat(WorkloadKind.named("ycsb-a")).contains(WorkloadKind.YCSB_A);
    assertThat(WorkloadKind.named("nothing")).isEmpty();
  }

  @Test
  void impossibleItemsAreRefused() {
    assertThatThrownBy(() -> new ItemShape(30, 1)).hasMessageContaining("has 32 to 409600 bytes");
    assertThatThrownBy(() -> new ItemShape(1024, 0)).hasMessageContaining("1 to 100 attributes");
    assertThatThrownBy(() -> new ItemShape(409_601, 1)).hasMessageContaining("409600");
  }

  private void probe(WorkloadKind kind, long keys, ItemShape shape) throws IOException {
    probe(kind, kind.keySpace(keys, shape), shape);
  }

  private void probe(WorkloadKind kind, KeySpace space, ItemShape shape) throws IOException {
    Probe.answers(
        new LoadPlan(
            endpoint,
            kind.workload(endpoint, shape),
            space,
            Distribution.UNIFORM,
            1,
            1,
            OptionalDouble.empty(),
            Duration.ZERO,
            Duration.ZERO));
  }

  private static String id(String body) {
    return ID.matcher(body).results().findFirst().orElseThrow().group(1);
  }
}
