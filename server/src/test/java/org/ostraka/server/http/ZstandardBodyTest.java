package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are compressed with Zstandard, within the limits of others. */
final class ZstandardBodyTest {
  private static final int MAX_BODY_BYTES = 100_000;

  private static final String OWN_PROTOCOL =
      "Content-Encoding: zstd\r\nContent-Type: application/x-ostraka-regions";

  private final ConcurrentLinkedQueue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() {
    Duration patience = Duration.ofSeconds(20);
    server = Servers.start(Servers.limits(MAX_BODY_BYTES, 1000, patience, patience), this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse answer(HttpRequest request) {
    seen.add(request);
    return Servers.echo(request);
  }

  private void assertRefused(byte[] body, String fields, int status) throws IOException {
    try (Client client = new Client(server)) {
      client.post(body, fields);
      assertThat(client.answer().status()).isEqualTo(status);
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50_000, MAX_BODY_BYTES - 100})
  void aBodyOfAnOwnProtocolMayBeCompressedWithZstandard(int length) throws IOException {
    byte[] body = noise(length);
    byte[] sent = Zstd.compress(body);
    try (Client client = new Client(server)) {
      assertThat(client.post(sent, OWN_PROTOCOL).answer().body()).isEqualTo(body);
    }
    assertThat(seen.element().body()).isEqualTo(body);
    assertThat(seen.element().wireBody()).isEqualTo(sent);
  }

  /** The service knows gzip and deflate only. */
  @Test
  void aBodyOfTheApiMayNot() throws IOException {
    assertRefused(
        Zstd.compress("{}".getBytes(StandardCharsets.UTF_8)),
        "Content-Encoding: zstd\r\nContent-Type: application/x-amz-json-1.0",
        415);
  }

  @Test
  void aZstandardBombIsRefusedAtTheLimit() throws IOException {
    assertRefused(Zstd.compress(new byte[50_000_000]), OWN_PROTOCOL, 413);
  }

  @Test
  void brokenZstandardIsRefused() throws IOException {
    byte[] whole = Zstd.compress(noise(5_000));
    byte[] corrupt = whole.clone();
    corrupt[0] ^= 1;
    byte[] two = Arrays.copyOf(whole, 2 * whole.length);
    System.arraycopy(whole, 0, two, whole.length, whole.length);
    ByteArrayOutputStream withoutSize = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(withoutSize)) {
      out.write(noise(5_000));
    }
    for (byte[] body :
        List.of(
            corrupt,
            two,
            withoutSize.toByteArray(),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, 3),
            "not compressed".getBytes(StandardCharsets.UTF_8))) {
      assertRefused(body, OWN_PROTOCOL, 400);
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }
}
