package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.LoadFailedException;

/** The stream of the table {@link Table#STREAMED}, and its shards. One thread. */
public final class StreamReading implements AutoCloseable {
  private static final Pattern ARN = Pattern.compile("\"LatestStreamArn\":\"([^\"]+)\"");
  private static final Pattern SHARD = Pattern.compile("\"ShardId\":\"([^\"]+)\"");
  private static final Pattern ITERATOR = Pattern.compile("\"ShardIterator\":\"([^\"]+)\"");
  private static final Pattern NEXT = Pattern.compile("\"NextShardIterator\":\"([^\"]+)\"");
  private static final String RECORD = "\"eventID\"";
  private static final String SCOPE =
      "AWS4-HMAC-SHA256 Credential=ostraka/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host;x-amz-date;x-amz-target, Signature="
          + "0".repeat(64);

  private final URI endpoint;
  private final HttpClient client = HttpClient.newHttpClient();

  public StreamReading(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** A page of records: how many, its text, and where to go on; absent at the end of a shard. */
  public record Page(int records, String text, Optional<String> next) {}

  /**
   * Returns an iterator for each shard.
   *
   * @param from TRIM_HORIZON or LATEST
   */
  public List<String> iterators(String from) throws IOException {
    String table =
        call("DynamoDB_20120810.DescribeTable", "{\"TableName\":\"%s\"}".formatted(name()));
    String arn = only(ARN, table);
    String stream =
        call("DynamoDBStreams_20120810.DescribeStream", "{\"StreamArn\":\"%s\"}".formatted(arn));
    List<String> iterators = new ArrayList<>();
    for (String shard : SHARD.matcher(stream).results().map(found -> found.group(1)).toList()) {
      iterators.add(
          only(
              ITERATOR,
              call(
                  "DynamoDBStreams_20120810.GetShardIterator",
                  "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"%s\"}"
                      .formatted(arn, shard, from))));
    }
    return iterators;
  }

  /** Reads the page at an iterator. */
  public Page page(String iterator) throws IOException {
    String text =
        call(
            "DynamoDBStreams_20120810.GetRecords",
            "{\"ShardIterator\":\"%s\"}".formatted(iterator));
    int records = 0;
    for (int at = text.indexOf(RECORD); at >= 0; at = text.indexOf(RECORD, at + 1)) {
      records++;
    }
    return new Page(records, text, first(NEXT, text));
  }

  /** Puts an item with this key and nothing else. */
  public void put(String key) throws IOException {
    var _ =
        call(
            "DynamoDB_20120810.PutItem",
            "{\"TableName\":\"%s\",\"Item\":{\"id\":{\"S\":\"%s\"}}}".formatted(name(), key));
  }

  @Override
  public void close() {
    client.close();
  }

  private static String name() {
    return Table.STREAMED.tableName();
  }

  private static String only(Pattern pattern, String answer) throws LoadFailedException {
    return first(pattern, answer)
        .orElseThrow(() -> new LoadFailedException("no " + pattern + " in " + answer));
  }

  private static Optional<String> first(Pattern pattern, String answer) {
    return pattern.matcher(answer).results().map((MatchResult found) -> found.group(1)).findFirst();
  }

  private String call(String target, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header("X-Amz-Date", "20260101T000000Z")
            .header("Authorization", SCOPE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new LoadFailedException("no success: " + answer.body());
      }
      return answer.body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
