package org.ostraka.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A server that speaks the Kinesis API, in a process of its own: kinesalite, brought by npm. One
 * thread.
 */
final class Kinesalite implements AutoCloseable {
  private static final int OK = 200;

  private final Process process;
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();

  private Kinesalite(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static Kinesalite start() throws IOException, InterruptedException {
    Path directory = NodePrograms.install("Kinesis", ClientProgram.sources("kinesalite"));
    Process process =
        new ProcessBuilder("node", directory.resolve("server.cjs").toString())
            .redirectErrorStream(true)
            .start();
    CapturedLines output = CapturedLines.of(process.getInputStream());
    Optional<String> line = output.await(each -> each.startsWith("http://"), OstrakaProcess.LIMIT);
    if (line.isEmpty()) {
      process.destroyForcibly();
      throw new AssertionError(
          "kinesalite did not start: " + output.awaitAll(OstrakaProcess.LIMIT));
    }
    return new Kinesalite(process, URI.create(line.get()));
  }

  URI endpoint() {
    return endpoint;
  }

  void createStream(String name, int shards) throws IOException, InterruptedException {
    call("CreateStream", "{\"StreamName\":\"%s\",\"ShardCount\":%d}".formatted(name, shards));
  }

  /** Returns the data of all records of a stream; those of one shard in their order. */
  List<JsonNode> records(String stream) throws IOException, InterruptedException {
    List<JsonNode> records = new ArrayList<>();
    JsonNode described =
        call("DescribeStream", "{\"StreamName\":\"%s\"}".formatted(stream))
            .field("StreamDescription")
            .orElseThrow();
    for (JsonNode shard : described.field("Shards").orElseThrow().asArray()) {
      String iterator =
          text(
              call(
                  "GetShardIterator",
                  "{\"StreamName\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"
                      .formatted(stream, text(shard, "ShardId"))),
              "ShardIterator");
      List<JsonNode> page;
      do {
        JsonNode answer = call("GetRecords", "{\"ShardIterator\":\"%s\"}".formatted(iterator));
        iterator = text(answer, "NextShardIterator");
        page = answer.field("Records").orElseThrow().asArray();
        page.forEach(record -> records.add(data(record)));
      } while (!page.isEmpty());
    }
    return records;
  }

  private static JsonNode data(JsonNode record) {
    byte[] data = Base64.getDecoder().decode(text(record, "Data"));
    return JsonNode.parser().parse(new String(data, StandardCharsets.UTF_8));
  }

  static String text(JsonNode object, String name) {
    return object
        .field(name)
        .orElseThrow(() -> new AssertionError(name + ": " + object))
        .asString();
  }

  private JsonNode call(String operation, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Kinesis_20131202." + operation)
            .header("X-Amz-Date", "20261128T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/kinesis/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw new AssertionError(operation + ": " + response.body());
    }
    return response.body().isEmpty()
        ? JsonNode.emptyObjectNode()
        : JsonNode.parser().parse(response.body());
  }

  /** Stops the process from running, as if its machine did not answer. */
  void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new AssertionError("no signal " + name);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
