package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  private static final int MAX_BODY_BYTES = 100_000;
  private static final String TOO_LARGE = "com.amazon.coral.service#RequestEntityTooLargeException";
  private static final String MALFORMED = "com.amazon.coral.service#MalformedHttpRequestException";

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

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static String gzipText(byte[] body) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private void assertRefused(Client client, int status, String type) throws IOException {
    Client.Answer answer = client.answer();
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).startsWith("{\"__type\":\"" + type + "\",\"message\":\"");
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("x-amzn-RequestId")).matches("[0-9A-Z]{52}");
    assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
    // Otherwise the server waits a second for bytes that are still arriving.
    client.endOfRequests();
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void aBodyOfExactlyTheLimitIsServed() throws IOException {
    byte[] body = noise(MAX_BODY_BYTES);
    try (Client client = new Client(server)) {
      assertThat(client.post(body).answer().body()).isEqualTo(body);
    }
  }

  /**
   * 413 with this name and message: "Common errors" of the AWS references. dynalite's source
   * answers 413 without a body.
   */
  @Test
  void aBodyAnnouncedTooLargeIsRefusedBeforeItIsSent() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (MAX_BODY_BYTES + 1)
              + "\r\n\r\n");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void aRefusedConnectionIsClosedEvenWhenTheClientDoesNotCloseIt() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (MAX_BODY_BYTES + 1)
              + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aLengthBeyondAnyNumberIsRefused() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n");
      assertRefused(client, 400, MALFORMED);
    }
  }

  @Test
  void chunksOfAnySizeMakeABody() throws IOException {
    try (Client client = new Client(server)) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("1\r\nh\r\n4\r\nello\r\n0\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("hello");
      assertThat(client.post("again").answer().text()).isEqualTo("again");
    }
  }

  @Test
  void chunksBeyondTheLimitAreRefused() throws IOException {
    try (Client client = new Client(server)) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "4e20\r\n" + "c".repeat(20_000) + "\r\n";
      for (int i = 0; i < 5; i++) {
        client.send(chunk);
      }
      client.send("1\r\nx\r\n");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void oneChunkAnnouncedTooLargeIsRefusedBeforeItIsSent() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void chunkFramingWithoutEndIsRefused() throws IOException {
    try (Client client = new Client(server)) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("0".repeat(2 * MAX_BODY_BYTES + 20_000));
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void brokenFramingIsRefused() throws IOException {
    for (String framing :
        List.of(
            "Content-Length: -1\r\n\r\n",
            "Content-Length: five\r\n\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "Content-Length: 5, 5\r\n\r\nhello",
            "Content-Length : 5\r\n\r\nhello",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-5\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n")) {
      try (Client client = new Client(server)) {
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\n" + framing);
        assertRefused(client, 400, MALFORMED);
      }
    }
  }

  @Test
  void anUnknownTransferEncodingIsRefused() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
      assertRefused(client, 501, MALFORMED);
    }
  }

  @Test
  void aClientThatExpectsContinueIsToldToContinue() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.line()).isEmpty();
      assertThat(client.send("hello").answer().text()).isEqualTo("hello");
    }
  }

  @Test
  void aClientThatExpectsContinueForTooMuchIsNotToldToContinue() throws IOException {
    try (Client client = new Client(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void aGzippedBodyIsInflatedAndKeptAsSent() throws IOException {
    byte[] body = "{\"TableName\":\"orders\"}".repeat(1000).getBytes(StandardCharsets.UTF_8);
    byte[] sent = gzip(body);
    try (Client client = new Client(server)) {
      assertThat(client.post(sent, "Content-Encoding: gzip").answer().body()).isEqualTo(body);
    }
    assertThat(seen.element().body()).isEqualTo(body);
    assertThat(seen.element().wireBody()).isEqualTo(sent);
  }

  /**
   * The service does the same (scylladb/scylladb pull requests 27049 and 27917 were run against
   * it).
   */
  @Test
  void deflatedBodyReachesTheEndpointInflated() throws IOException {
    byte[] body = noise(50_000);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(sent)) {
      out.write(body);
    }
    try (Client client = new Client(server)) {
      assertThat(client.post(sent.toByteArray(), "Content-Encoding: deflate").answer().body())
          .isEqualTo(body);
    }
  }

  @Test
  void aBodyThatIsNotDeflatedAsItSaysIsRefused() throws IOException {
    try (Client client = new Client(server)) {
      client.post("not deflated", "Content-Encoding: deflate");
      assertRefused(client, 400, MALFORMED);
    }
  }

  @Test
  void aGzippedBodyOfExactlyTheLimitIsServed() throws IOException {
    byte[] body = new byte[MAX_BODY_BYTES];
    try (Client client = new Client(server)) {
      assertThat(client.post(gzip(body), "Content-Encoding: gzip").answer().body()).isEqualTo(body);
    }
  }

  @Test
  void concatenatedGzipMembersAreOneBody() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip("one ".getBytes(StandardCharsets.UTF_8)));
    members.write(gzip("two".getBytes(StandardCharsets.UTF_8)));
    try (Client client = new Client(server)) {
      assertThat(client.post(members.toByteArray(), "Content-Encoding: gzip").answer().text())
          .isEqualTo("one two");
    }
  }

  @Test
  void aGzipBombIsRefusedAtTheLimit() throws IOException {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(MAX_BODY_BYTES);
    try (Client client = new Client(server)) {
      client.post(bomb, "Content-Encoding: gzip");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void aGzipBombInManyMembersIsRefusedAtTheLimit() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    byte[] member = gzip(new byte[30_000]);
    for (int i = 0; i < 4; i++) {
      members.write(member);
    }
    try (Client client = new Client(server)) {
      client.post(members.toByteArray(), "Content-Encoding: gzip");
      assertRefused(client, 413, TOO_LARGE);
    }
  }

  @Test
  void brokenGzipIsRefused() throws IOException {
    byte[] whole = gzip(noise(5000));
    byte[] corrupt = whole.clone();
    corrupt[2500] ^= 0x55;
    byte[] wrongChecksum = whole.clone();
    wrongChecksum[whole.length - 5] ^= 1;
    for (byte[] body :
        List.of(
            "plain".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, 5),
            Arrays.copyOf(whole, 3000),
            Arrays.copyOf(whole, whole.length - 1),
            corrupt,
            wrongChecksum)) {
      try (Client client = new Client(server)) {
        client.post(body, "Content-Encoding: gzip");
        assertRefused(client, 400, MALFORMED);
      }
    }
  }

  @Test
  void anUnknownContentEncodingIsRefused() throws IOException {
    for (String encoding :
        List.of("br", "gzip, deflate", "gzip, gzip", "gzip\r\nContent-Encoding: gzip")) {
      try (Client client = new Client(server)) {
        client.post("x", "Content-Encoding: " + encoding);
        assertRefused(client, 415, MALFORMED);
      }
    }
  }

  /**
   * The service compresses large answers for clients that ask (AWS re:Post); 4 KB is Alternator's
   * documented threshold.
   */
  @Test
  void aLargeAnswerIsCompressedForAClientThatAsksAndItsChecksumIsOfTheCompressedBytes()
      throws IOException {
    String large = "{\"Items\":[]}".repeat(1000);
    try (Client client = new Client(server)) {
      Client.Answer answer =
          client.post(large, "Accept-Encoding: br\r\nAccept-Encoding: deflate, gzip").answer();
      assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(answer.body().length).isLessThan(large.length());
      assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
      assertThat(gzipText(answer.body())).isEqualTo(large);
    }
  }

  @Test
  void aLargeAnswerIsDeflatedForAClientThatLikesThatBetter() throws IOException {
    String large = "{\"Items\":[]}".repeat(1000);
    try (Client client = new Client(server)) {
      Client.Answer answer = client.post(large, "Accept-Encoding: deflate, gzip;q=0.8").answer();
      assertThat(answer.header("Content-Encoding")).isEqualTo("deflate");
      assertThat(answer.header("x-amz-crc32")).isEqualTo(Long.toString(answer.crc32()));
      assertThat(new InflaterInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
          .isEqualTo(large.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anAnswerIsNotCompressedWhenSmallOrNotAskedFor() throws IOException {
    String large = "x".repeat(5000);
    try (Client client = new Client(server)) {
      assertThat(
              client
                  .post("x".repeat(4095), "Accept-Encoding: gzip")
                  .answer()
                  .has("Content-Encoding"))
          .isFalse();
      assertThat(client.post(large).answer().has("Content-Encoding")).isFalse();
      assertThat(client.post(large, "Accept-Encoding: identity").answer().has("Content-Encoding"))
          .isFalse();
      assertThat(client.post(large, "Accept-Encoding: gzip;q=0").answer().has("Content-Encoding"))
          .isFalse();
    }
  }
}
