package org.ostraka.transfer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Objects that are put only if there is none, at services that know the condition, refuse it, or do
 * not look at it.
 *
 * <p>Statuses and codes are those of "PutObject" in the Amazon S3 API Reference and of "How to
 * prevent object overwrites with conditional writes" in its User Guide
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html); S3 itself
 * answered NotImplemented before it knew the condition
 * (https://github.com/ceph/s3-tests/issues/218).
 */
@Timeout(60)
final class S3ConditionsTest {
  private static final BucketName BUCKET = new BucketName("in", Optional.empty());

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Byte> objects = new ConcurrentHashMap<>();
  private final AtomicBoolean conflicts = new AtomicBoolean();
  private Condition condition = Condition.KNOWN;
  private HttpServer server;
  private S3Buckets buckets;

  /** What a service does with a condition. */
  private enum Condition {
    KNOWN,
    REFUSED,
    IGNORED
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            put(exchange);
          }
        });
    server.start();
    buckets =
        new S3Buckets(
            new S3Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                Duration.ofSeconds(30)));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void put(HttpExchange exchange) throws IOException {
    byte content = exchange.getRequestBody().readAllBytes()[0];
    String path = exchange.getRequestURI().getPath();
    boolean isConditional = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    if (isConditional && condition == Condition.REFUSED) {
      answer(exchange, 501, "NotImplemented");
    } else if (isConditional && conflicts.get()) {
      answer(exchange, 409, "ConditionalRequestConflict");
    } else if (!isConditional || condition == Condition.IGNORED) {
      objects.put(path, content);
      exchange.sendResponseHeaders(200, -1);
    } else if (objects.putIfAbsent(path, content) == null) {
      exchange.sendResponseHeaders(200, -1);
    } else {
      answer(exchange, 412, "PreconditionFailed");
    }
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  void aServiceThatKnowsTheConditionKeepsTheFirstObject() {
    assertThat(buckets.putIfAbsent(BUCKET, "store", Bytes.of(1))).isEqualTo(ConditionalPut.STORED);
    assertThat(buckets.putIfAbsent(BUCKET, "store", Bytes.of(2))).isEqualTo(ConditionalPut.EXISTS);
    assertThat(objects).containsExactly(Map.entry("/in/store", (byte) 1));
  }

  @Test
  void ofManyThatStoreAnObjectAtTheSameTimeOneDoes() throws Exception {
    int writers = 8;
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<ConditionalPut>> puts = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      Bytes content = Bytes.of(i);
      puts.add(
          threads.submit(() -> {
            start.await();
            return buckets.putIfAbsent(BUCKET, "store", content);
          }));
    }
    List<Byte> stored = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      if (puts.get(i).get() == ConditionalPut.STORED) {
        stored.add((byte) i);
      }
    }
    assertThat(stored).hasSize(1);
    assertThat(objects).containsExactly(Map.entry("/in/store", stored.getFirst()));
  }

  @Test
  void aServiceThatDoesNotImplementTheConditionStoresWithoutIt() {
    condition = Condition.REFUSED;
    assertThat(buckets.putIfAbsent(BUCKET, "store", Bytes.of(1)))
        .isEqualTo(ConditionalPut.STORED_UNCHECKED);
    assertThat(objects).containsExactly(Map.entry("/in/store", (byte) 1));
  }

  @Test
  void aServiceThatIgnoresTheConditionIsFoundOut() {
    condition = Condition.IGNORED;
    assertThat(buckets.putIfAbsent(BUCKET, "store", Bytes.of(1)))
        .isEqualTo(ConditionalPut.STORED_UNCHECKED);
    assertThat(objects).containsExactly(Map.entry("/in/store", (byte) 1));
  }

  @Test
  void aConflictMayBeTriedAgain() {
    conflicts.set(true);
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> buckets.putIfAbsent(BUCKET, "store", Bytes.of(1)))
        .withMessageContaining("409 ConditionalRequestConflict");
    assertThat(objects).isEmpty();
    conflicts.set(false);
    assertThat(buckets.putIfAbsent(BUCKET, "store", Bytes.of(1))).isEqualTo(ConditionalPut.STORED);
  }

  @Test
  void aServiceThatFailsOtherwiseStoresNothing() throws IOException {
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange, 403, "AccessDenied");
          }
        });
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.putIfAbsent(BUCKET, "store", Bytes.of(1)))
        .extracting(BucketException::code)
        .isEqualTo("S3AccessDenied");
  }
}
