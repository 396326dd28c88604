package org.ostraka.voting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.RecentElections;
import org.ostraka.voting.election.Sharding;

/** Streams of results end, and those who do not read them make room. */
@Timeout(120)
final class ResultsFeedTest {
  private static final int CANDIDATES = 1_000;
  private static final int WATCHERS = 2;

  private final TwoMemories regions = new TwoMemories();
  private final AtomicLong seconds = new AtomicLong();
  private final InstantSource clock = () -> OPENS.plusSeconds(seconds.get());
  private final Election election =
      new Election(
          "e",
          IntStream.range(0, CANDIDATES).mapToObj("%0200d"::formatted).toList(),
          OPENS,
          CLOSES,
          new Sharding(1),
          List.of(HERE));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = server();
  private final ResultsFeed feed =
      new ResultsFeed(
          new RecentElections(new Elections(regions.table()), clock),
          new Tallies(regions.table().counts()),
          WATCHERS,
          clock,
          pause -> seconds.addAndGet(pause.toSeconds()));

  private HttpServer server() {
    try {
      boolean _ = new Elections(regions.table()).declare(election, OPENS);
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.setExecutor(threads);
      var _ = made.createContext("/", this::serve);
      made.start();
      return made;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!feed.watch(exchange, election)) {
        exchange.sendResponseHeaders(Answer.UNAVAILABLE, -1);
      }
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    var _ = threads.shutdownNow();
  }

  @Test
  void aStreamEndsAfterFiveMinutes() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> stream = http.send(request(), HttpResponse.BodyHandlers.ofString());
      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(stream.body()).startsWith("data: {\"election\":\"e\"").endsWith(":\n\n");
      assertThat(seconds).as("seconds").hasValue(300);
    }
  }

  @Test
  void whoDoesNotReadGivesWayToWhoDoes() throws Exception {
    countAVoteWithEachRequest();
    try (Socket one = silent();
        Socket two = silent();
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(firstLine(one)).contains(" 200 ");
      assertThat(firstLine(two)).contains(" 200 ");
      TwoMemories.await(() -> {
        long _ = seconds.addAndGet(10);
        return isWatching(http);
      });
    }
  }

  /** Counts votes, so that the results change with each reading and fill all buffers. */
  private void countAVoteWithEachRequest() {
    AtomicLong votes = new AtomicLong();
    regions.here.beforeEach(_ ->
        regions.here.write(
            "voting-count",
            Map.of(
                "PK", Attributes.of("TALLY#e#" + HERE + "#0"),
                "SK", Attributes.of("MINUTE#" + OPENS),
                "votes:a", Attributes.of(votes.incrementAndGet()))));
  }

  private boolean isWatching(HttpClient http) {
    try {
      HttpResponse<InputStream> answer =
          http.send(request(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return answer.statusCode() == 200 && body.read() == 'd';
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
        .build();
  }

  /** Opens a connection that asks for the results and takes little of them. */
  private Socket silent() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(server.getAddress());
    String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }
}
