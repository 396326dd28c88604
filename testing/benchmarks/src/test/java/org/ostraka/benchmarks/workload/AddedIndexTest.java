package org.ostraka.benchmarks.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.benchmarks.load.LoadFailedException;

/** The requests about an added index, to a server that gives prepared answers in turn. */
final class AddedIndexTest {
  private final List<String> bodies = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private HttpServer server;
  private AddedIndex index;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
          String answer = answers.remove();
          exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(US_ASCII));
          exchange.close();
        });
    server.start();
    index = new AddedIndex(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    index.close();
    server.stop(0);
  }

  @Test
  void countsAllPages() throws IOException {
    answers.add("{\"Count\":40,\"LastEvaluatedKey\":{\"id\":{\"S\":\"1\"},\"f0\":{\"S\":\"a\"}}}");
    answers.add("{\"Count\":2,\"ScannedCount\":2}");
    assertThat(index.countIndex()).isEqualTo(42);
    assertThat(bodies)
        .hasSize(2)
        .allMatch(body -> body.contains("\"IndexName\":\"by-first-text\""));
    assertThat(bodies.get(0)).doesNotContain("ExclusiveStartKey");
    assertThat(bodies.get(1))
        .contains("\"ExclusiveStartKey\":{\"id\":{\"S\":\"1\"},\"f0\":{\"S\":\"a\"}}");
  }

  @Test
  void countsTheTableConsistently() throws IOException {
    answers.add("{\"Count\":7,\"ScannedCount\":7}");
    assertThat(index.countTable()).isEqualTo(7);
    assertThat(bodies)
        .singleElement()
        .satisfies(body ->
            assertThat(body).contains("\"ConsistentRead\":true").doesNotContain("IndexName"));
  }

  @Test
  void describesAnIndexThatIsBuilt() throws IOException {
    String described =
        "{\"Table\":{\"ItemCount\":9,\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-first-text\","
            + "\"IndexStatus\":\"%s\",\"ItemCount\":%d}]}}";
    answers.add(described.formatted("CREATING", 3));
    answers.add(described.formatted("ACTIVE", 9));
    assertThat(index.describe()).isEqualTo(new AddedIndex.Description(false, 3));
    assertThat(index.describe()).isEqualTo(new AddedIndex.Description(true, 9));
  }

  @Test
  void aTableWithoutTheIndexIsAFailure() {
    answers.add("{\"Table\":{\"TableStatus\":\"ACTIVE\"}}");
    assertThatThrownBy(index::describe)
        .isInstanceOf(LoadFailedException.class)
        .hasMessageStartingWith("no index that is being added");
  }

  @Test
  void aRefusalIsAFailure() {
    answers.add("{\"__type\":\"LimitExceededException\"}");
    assertThatThrownBy(index::add)
        .isInstanceOf(LoadFailedException.class)
        .hasMessageContaining("LimitExceededException");
  }
}
