package org.ostraka.transfer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What becomes of an S3 service that breaks off, refuses, or says nothing. */
@Timeout(60)
final class S3FailuresTest {
  private static final BucketName BUCKET = new BucketName("in", Optional.empty());
  private static final byte[] OBJECT = new byte[10 << 20];

  static {
    new Random(17).nextBytes(OBJECT);
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** Answers a request; the connection is closed after it. */
  private interface Service {
    void answer(HttpExchange exchange) throws IOException;
  }

  private S3Buckets serving(Service service, Duration timeout) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            service.answer(exchange);
          }
        });
    server.start();
    return new S3Buckets(
        new S3Endpoint(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "us-east-1",
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
            timeout));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Answers the range that is asked for, or only the first bytes of it. */
  private void range(HttpExchange exchange, String etag, boolean isWhole) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range);
    String[] bounds = range.substring("bytes=".length()).split("-");
    int from = Integer.parseInt(bounds[0]);
    int to = Math.min(OBJECT.length, Integer.parseInt(bounds[1]) + 1);
    String expected = exchange.getRequestHeaders().getFirst("If-Match");
    if (expected != null && !expected.equals(etag)) {
      answer(exchange, 412, "PreconditionFailed");
      return;
    }
    exchange.getResponseHeaders().add("ETag", etag);
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + OBJECT.length);
    exchange.sendResponseHeaders(206, to - from);
    exchange.getResponseBody().write(OBJECT, from, isWhole ? to - from : 1_000);
    if (!isWhole) {
      exchange.getResponseBody().flush();
      throw new IOException("the connection breaks");
    }
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  void whatBreaksOffIsAskedForAgainFromWhereItWas() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    S3Buckets buckets =
        serving(
            exchange -> range(exchange, "\"1\"", requests.incrementAndGet() % 2 == 0),
            Duration.ofSeconds(30));
    try (InputStream in = buckets.read(BUCKET, "object")) {
      assertThat(in.readAllBytes()).isEqualTo(OBJECT);
    }
    assertThat(ranges)
        .containsExactly(
            "bytes=0-4194303",
            "bytes=0-4194303",
            "bytes=4194304-8388607",
            "bytes=4194304-8388607",
            "bytes=8388608-12582911",
            "bytes=8388608-12582911");
  }

  @Test
  void whatAlwaysBreaksOffFailsAndMayBeTriedLater() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    S3Buckets buckets =
        serving(
            exchange -> range(exchange, "\"1\"", requests.incrementAndGet() == 1),
            Duration.ofSeconds(30));
    try (InputStream in = buckets.read(BUCKET, "object")) {
      assertThatExceptionOfType(StorageFailedException.class).isThrownBy(in::readAllBytes);
    }
    assertThat(requests).hasValue(4);
  }

  @Test
  void anObjectThatIsReplacedWhileItIsReadIsRefused() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    S3Buckets buckets =
        serving(
            exchange -> range(exchange, "\"" + requests.incrementAndGet() + "\"", true),
            Duration.ofSeconds(30));
    try (InputStream in = buckets.read(BUCKET, "object")) {
      assertThatExceptionOfType(BucketException.class)
          .isThrownBy(in::readAllBytes)
          .extracting(BucketException::code)
          .isEqualTo("S3PreconditionFailed");
    }
  }

  @Test
  void anObjectThatIsReplacedAfterItsListingIsRefused() throws IOException {
    S3Buckets buckets =
        serving(exchange -> range(exchange, "\"new\"", true), Duration.ofSeconds(30));
    try (InputStream in =
        buckets.read(BUCKET, new Buckets.Listed("object", OBJECT.length, "new"))) {
      assertThat(in.readAllBytes()).isEqualTo(OBJECT);
    }
    Buckets.Listed old = new Buckets.Listed("object", OBJECT.length, "old");
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.read(BUCKET, old))
        .extracting(BucketException::code)
        .isEqualTo("S3PreconditionFailed");
  }

  /** Codes and statuses are those of "Error responses" in the Amazon S3 API Reference. */
  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect, S3PermanentRedirect",
    "400, AuthorizationHeaderMalformed, S3AuthorizationHeaderMalformed",
    "403, AccessDenied, S3AccessDenied",
    "403, '', S3AccessDenied",
    "404, NoSuchBucket, S3NoSuchBucket",
    "404, NoSuchKey, S3NoSuchKey",
    "405, MethodNotAllowed, S3MethodNotAllowed",
    "418, '', S3418",
  })
  void whatStaysRefusedIsNotTriedAgain(int status, String code, String expected)
      throws IOException {
    AtomicInteger requests = new AtomicInteger();
    S3Buckets buckets =
        serving(
            exchange -> {
              requests.incrementAndGet();
              answer(exchange, status, code);
            },
            Duration.ofSeconds(30));
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.put(BUCKET, "key", Bytes.EMPTY))
        .extracting(BucketException::code)
        .isEqualTo(expected);
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.list(BUCKET, "", Optional.empty()))
        .extracting(BucketException::code)
        .isEqualTo(expected);
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.read(BUCKET, "key"))
        .extracting(BucketException::code)
        .isEqualTo(expected);
    assertThat(requests).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({"503, SlowDown", "500, InternalError", "400, RequestTimeout", "400, ExpiredToken"})
  void whatPassesMayBeTriedAgain(int status, String code) throws IOException {
    S3Buckets buckets = serving(exchange -> answer(exchange, status, code), Duration.ofSeconds(30));
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> buckets.put(BUCKET, "key", Bytes.EMPTY));
  }

  @Test
  void aServiceThatFallsSilentInAnAnswerIsNotWaitedForWithoutEnd() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    S3Buckets buckets =
        serving(
            exchange -> {
              exchange.sendResponseHeaders(206, 1_000);
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
              await(ended);
            },
            Duration.ofMillis(200));
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> buckets.read(BUCKET, "key"))
        .withMessageContaining("within PT0.2S");
    ended.countDown();
  }

  @Test
  void aStopEndsTheWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    S3Buckets buckets =
        serving(
            exchange -> {
              asked.countDown();
              await(ended);
            },
            Duration.ofHours(1));
    Future<?> reading =
        threads.submit(() ->
            assertThatExceptionOfType(StorageFailedException.class)
                .isThrownBy(() -> buckets.read(BUCKET, "key")));
    asked.await();
    buckets.stop();
    reading.get(30, TimeUnit.SECONDS);
    ended.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
