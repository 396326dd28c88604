package org.ostraka.delivery.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.metric.Tally;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.Region;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TimePrecision;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A consumer writes every change in the order of its item, to a server that writes some records of
 * a request and not others, fails, and refuses.
 */
class KinesisConsumerTest {
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/orders").orElseThrow();
  private static final Pattern RECORD =
      Pattern.compile("\\{\"PartitionKey\":\"([0-9A-F]{32})\",\"Data\":\"([^\"]*)\"\\}");
  private static final Pattern VERSION = Pattern.compile("\"version\":\\{\"N\":\"(\\d+)\"\\}");
  private static final int CHANGES = 2_000;
  private static final int ITEMS = 7;

  private final long seed = Long.getLong("ostraka.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  /** The versions of each item as they were written. */
  private final Map<String, List<Integer>> written = new HashMap<>();

  /** The next answers, each with its status; without any the server answers at random. */
  private final Deque<String> answers = new ArrayDeque<>();

  private final List<String> bodies = new ArrayList<>();
  private final CaptureMetrics metrics = new CaptureMetrics();

  /** The records that the server had no capacity for. */
  private int throttled;

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    System.out.println("KinesisConsumerTest: seed " + seed + ", -Dostraka.seed repeats it");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void changesOfAnItemAreWrittenInTheirOrder() throws Exception {
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i <= CHANGES; i++) {
      changes.add(change(i, "item" + random.nextInt(ITEMS)));
    }
    Feed feed = new Feed(changes);
    try (KinesisEndpoint endpoint = endpoint()) {
      new KinesisConsumer(
              stream(endpoint), Optional.of(TimePrecision.MICROSECOND), metrics, _ -> {})
          .consume(feed);
    }
    assertThat(metrics.units().totals()).isEqualTo(new Tally.Totals(CHANGES, CHANGES));
    assertThat(metrics.throttledRecords().sum()).isEqualTo(throttled).isPositive();
    assertThat(metrics.failedRecords()).isZero();
    assertThat(metrics.age(Instant.MAX)).as("nothing is delivered any more").isEmpty();
    assertThat(feed.delivered).isEqualTo(new Position(CHANGES));
    assertThat(written.values().stream().mapToInt(List::size).sum()).isEqualTo(CHANGES);
    written.forEach((item, versions) -> assertThat(versions).as(item).isSorted());
    assertThat(bodies).allMatch(body -> body.contains("\"StreamName\":\"changes\""));
  }

  /**
   * A record that cannot be written counts as failed, and one of a request that is throttled as a
   * whole counts as throttled. The units are those of the greater image.
   */
  @Test
  void whatIsNotWrittenCounts() throws Exception {
    answers.add("400 {\"__type\":\"ProvisionedThroughputExceededException\"}");
    answers.add("400 {\"__type\":\"ValidationException\"}");
    Feed feed = new Feed(List.of(change(1, "x".repeat(3_000))));
    try (KinesisEndpoint endpoint = endpoint()) {
      new KinesisConsumer(stream(endpoint), Optional.empty(), metrics, _ -> {}).consume(feed);
    }
    assertThat(bodies).hasSize(2);
    assertThat(metrics.units().totals()).isEqualTo(new Tally.Totals(1, 3));
    assertThat(metrics.throttledRecords().totals()).isEqualTo(new Tally.Totals(1, 1));
    assertThat(metrics.failedRecords()).isEqualTo(1);
    assertThat(feed.delivered).isEqualTo(new Position(1));
  }

  /** The age is that of the first change which is not written, while it is tried again. */
  @Test
  void theOldestChangeThatWaitsHasAnAge() throws Exception {
    for (int i = 0; i < 3; i++) {
      answers.add("500 {\"__type\":\"InternalFailure\"}");
    }
    answers.add("200 {\"FailedRecordCount\":0,\"Records\":[{\"SequenceNumber\":\"1\"}]}");
    Change change = change(1, "a");
    Instant now = change.record().created().plusSeconds(42);
    List<Optional<Duration>> ages = new ArrayList<>();
    assertThat(metrics.age(now)).isEmpty();
    try (KinesisEndpoint endpoint = endpoint()) {
      new KinesisConsumer(
              stream(endpoint), Optional.empty(), metrics, _ -> ages.add(metrics.age(now)))
          .consume(new Feed(List.of(change)));
    }
    assertThat(ages).hasSize(3).containsOnly(Optional.of(Duration.ofSeconds(42)));
    assertThat(metrics.age(now)).isEmpty();
  }

  /** A shard whose changes are all delivered waits for nothing: its age is zero. */
  @Test
  void aShardWithoutChangesHasNoAge() throws Exception {
    List<Optional<Duration>> ages = new ArrayList<>();
    Instant later = Instant.parse("2030-01-01T00:00:00Z");
    Feed feed =
        new Feed(List.of(change(1, "a"))) {
          @Override
          public List<Change> take(int maxRecords, long maxBytes, Duration wait) {
            if (wait.isPositive()) {
              ages.add(metrics.age(later));
              ends = true;
            }
            return super.take(maxRecords, maxBytes, wait);
          }
        };
    feed.ends = false;
    answers.add("200 {\"FailedRecordCount\":0,\"Records\":[{\"SequenceNumber\":\"1\"}]}");
    try (KinesisEndpoint endpoint = endpoint()) {
      new KinesisConsumer(stream(endpoint), Optional.empty(), metrics, _ -> {}).consume(feed);
    }
    assertThat(ages).containsExactly(Optional.of(Duration.ZERO));
  }

  private static KinesisStream stream(KinesisEndpoint endpoint) {
    return endpoint.stream("arn:aws:kinesis:us-east-1:000000000000:stream/changes").orElseThrow();
  }

  private KinesisEndpoint endpoint() {
    return new KinesisEndpoint(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=test/");
    bodies.add(body);
    int status = 200;
    String answer;
    if (!answers.isEmpty()) {
      String[] next = answers.remove().split(" ", 2);
      status = Integer.parseInt(next[0]);
      answer = next[1];
    } else if (random.nextInt(5) == 0) {
      status = 500;
      answer = "{\"__type\":\"InternalFailure\"}";
    } else {
      answer = "{\"FailedRecordCount\":0,\"Records\":[" + results(body) + "]}";
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String results(String body) {
    List<String> results = new ArrayList<>();
    Matcher record = RECORD.matcher(body);
    while (record.find()) {
      if (random.nextInt(3) == 0) {
        results.add("{\"ErrorCode\":\"ProvisionedThroughputExceededException\"}");
        throttled++;
        continue;
      }
      String data = new String(Base64.getDecoder().decode(record.group(2)), StandardCharsets.UTF_8);
      assertThat(data)
          .contains("\"tableName\":\"orders\"", "\"recordFormat\":\"application/json\"")
          .contains("\"ApproximateCreationDateTime\":1791504000000001")
          .contains("\"userIdentity\":null");
      Matcher version = VERSION.matcher(data);
      assertThat(version.find()).isTrue();
      written
          .computeIfAbsent(record.group(1), _ -> new ArrayList<>())
          .add(Integer.parseInt(version.group(1)));
      results.add("{\"SequenceNumber\":\"1\",\"ShardId\":\"shardId-0\"}");
    }
    return String.join(",", results);
  }

  private static Change change(int version, String id) {
    Item key = new Item(Map.of("id", new AttributeValue.S(id)));
    Item image =
        new Item(
            Map.of(
                "id",
                new AttributeValue.S(id),
                "version",
                new AttributeValue.N(BigDecimal.valueOf(version))));
    return new Change(
        new Position(version),
        new GetRecords.StreamRecord(
            "0123456789abcdef0123456789abcdef",
            GetRecords.EventName.MODIFY,
            new Region("us-east-1"),
            Optional.empty(),
            Instant.ofEpochSecond(1_791_504_000L, 1_000),
            key,
            Optional.empty(),
            Optional.of(image),
            "%021d".formatted(version),
            1,
            StreamViewType.NEW_AND_OLD_IMAGES));
  }

  /** Changes of a closed shard. */
  private static class Feed implements ShardFeed {
    private final List<Change> changes;
    private int taken;
    private Position delivered = Position.START;

    /** Whether the shard is closed. */
    boolean ends = true;

    private Feed(List<Change> changes) {
      this.changes = changes;
    }

    @Override
    public String shardId() {
      return "shardId-1";
    }

    @Override
    public TableArn table() {
      return TABLE;
    }

    @Override
    public Optional<StreamArn> stream() {
      return Optional.empty();
    }

    @Override
    public List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait) {
      throw new UnsupportedOperationException("the feed has no log");
    }

    @Override
    public boolean takeLoss() {
      return false;
    }

    @Override
    public List<Change> take(int maxRecords, long maxBytes, Duration wait) {
      int end = Math.min(taken + maxRecords, changes.size());
      List<Change> next = changes.subList(taken, end);
      taken = end;
      return next;
    }

    @Override
    public void delivered(Position upTo) {
      delivered = upTo;
    }

    @Override
    public boolean isAtEnd() {
      return ends && taken == changes.size();
    }
  }
}
