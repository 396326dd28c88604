package org.ostraka.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;

/** A Kinesis that has every stream, and has no capacity for the first request with records. */
final class FakeKinesis implements AutoCloseable {
  static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

  private static final String KEY_ID = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  private final HttpServer server;
  private boolean hasThrottled;

  private FakeKinesis(HttpServer server) {
    this.server = server;
  }

  static FakeKinesis start() throws IOException {
    // The credentials with which the server signs what it sends.
    System.setProperty(KEY_ID, "test");
    System.setProperty(SECRET, "test");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeKinesis kinesis = new FakeKinesis(server);
    server.createContext("/", kinesis::answer);
    server.start();
    return kinesis;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean isWrite = exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("PutRecords");
    String answer =
        isWrite
            ? "{\"Records\":[" + results(body.split("\"PartitionKey\"", -1).length - 1) + "]}"
            : "{\"StreamDescriptionSummary\":{\"StreamStatus\":\"ACTIVE\"}}";
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String results(int records) {
    String result =
        hasThrottled
            ? "{\"SequenceNumber\":\"1\",\"ShardId\":\"shardId-0\"}"
            : "{\"ErrorCode\":\"ProvisionedThroughputExceededException\"}";
    hasThrottled = true;
    return String.join(",", Collections.nCopies(records, result));
  }

  @Override
  public void close() {
    server.stop(0);
    System.clearProperty(KEY_ID);
    System.clearProperty(SECRET);
  }
}
