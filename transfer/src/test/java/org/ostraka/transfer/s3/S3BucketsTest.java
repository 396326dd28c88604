package org.ostraka.transfer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Buckets of a server that speaks S3's API: Adobe's S3Mock, as a process of its own, which takes
 * long to start. Runs with {@code -Ds3mock.jar=PATH}, the path of {@code
 * com.adobe.testing:s3mock:4.11.0:jar:exec}.
 */
@EnabledIfSystemProperty(named = "s3mock.jar", matches = ".+")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class S3BucketsTest {
  private static final String JAR = "s3mock.jar";
  private static final BucketName BUCKET = new BucketName("out", Optional.empty());

  @TempDir static Path directory;

  private static Process server;
  private static URI uri;
  private static Buckets buckets;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    uri = URI.create("http://localhost:" + port);
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty(JAR),
                "--com.adobe.testing.s3mock.store.initial-buckets=out",
                "--com.adobe.testing.s3mock.store.root=" + directory,
                "--com.adobe.testing.s3mock.http-port=" + port,
                "--server.port=0")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    buckets =
        new S3Buckets(
            new S3Endpoint(
                uri,
                "us-east-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                Duration.ofSeconds(30)));
    awaitAnswer();
  }

  @AfterAll
  static void stop() {
    server.destroyForcibly();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitAnswer() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (server.isAlive()) {
        try {
          var _ =
              http.send(
                  HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
          return;
        } catch (IOException _) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
      }
    }
    throw new AssertionError("S3Mock has ended: " + directory.resolve("log"));
  }

  @Test
  void objectsAreReadAsTheyWerePut() throws Exception {
    for (String key : List.of("plain", "a/b c/ü+~*'(1).json.gz", "_started")) {
      byte[] content = ("content of " + key).repeat(1_000).getBytes(UTF_8);
      byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
      assertThat(buckets.put(BUCKET, key, Bytes.wrap(content)))
          .isEqualTo(HexFormat.of().formatHex(md5));
      assertThat(read(key)).isEqualTo(content);
    }
    assertThat(buckets.put(BUCKET, "plain", Bytes.EMPTY)).isNotEmpty();
    assertThat(read("plain")).isEmpty();
  }

  @Test
  void listingsAreInOrderAndGoOn() {
    List<String> tags = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 100; i < 110; i++) {
      expected.add("list/ü " + i);
      tags.add(buckets.put(BUCKET, "list/ü " + i, Bytes.wrap(new byte[i])));
    }
    List<Buckets.Listed> all = buckets.list(BUCKET, "list/", Optional.empty());
    assertThat(all).extracting(Buckets.Listed::key).containsExactlyElementsOf(expected);
    assertThat(all).extracting(Buckets.Listed::version).containsExactlyElementsOf(tags);
    assertThat(all).extracting(Buckets.Listed::sizeBytes).startsWith(100L, 101L);
    assertThat(buckets.list(BUCKET, "list/", Optional.of(expected.get(3))))
        .extracting(Buckets.Listed::key)
        .containsExactlyElementsOf(expected.subList(4, 10));
    assertThat(buckets.list(BUCKET, "none", Optional.empty())).isEmpty();
  }

  @Test
  void anObjectThatIsThereIsNotReplacedIfNoneMayBe() throws IOException {
    assertThat(buckets.putIfAbsent(BUCKET, "claimed", Bytes.of(1)))
        .isEqualTo(ConditionalPut.STORED);
    assertThat(buckets.putIfAbsent(BUCKET, "claimed", Bytes.of(2)))
        .isEqualTo(ConditionalPut.EXISTS);
    assertThat(read("claimed")).containsExactly(1);
    buckets.delete(BUCKET, "claimed");
    assertThat(buckets.putIfAbsent(BUCKET, "claimed", Bytes.of(3)))
        .isEqualTo(ConditionalPut.STORED);
  }

  @Test
  void whatIsMissingHasTheNamesOfTheApi() {
    BucketName missing = new BucketName("nowhere", Optional.empty());
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.put(missing, "key", Bytes.EMPTY))
        .extracting(BucketException::code)
        .isEqualTo("S3NoSuchBucket");
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.list(missing, "", Optional.empty()))
        .extracting(BucketException::code)
        .isEqualTo("S3NoSuchBucket");
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(() -> buckets.read(BUCKET, "nothing"))
        .extracting(BucketException::code)
        .isEqualTo("S3NoSuchKey");
  }

  @Test
  void aServiceThatDoesNotAnswerMayBeTriedAgain() throws IOException {
    S3Buckets nobody =
        new S3Buckets(
            new S3Endpoint(
                URI.create("http://localhost:" + freePort()),
                "us-east-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                Duration.ofSeconds(30)));
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> nobody.put(BUCKET, "key", Bytes.EMPTY));
  }

  private static byte[] read(String key) throws IOException {
    try (InputStream in = buckets.read(BUCKET, key)) {
      return in.readAllBytes();
    }
  }
}
