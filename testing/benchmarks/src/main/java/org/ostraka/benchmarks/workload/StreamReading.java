package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;
import org.ostraka.benchmarks.load.RequestTemplate;

/**
 * The stream of the table {@link Table#STREAMED}, and its shards. It counts records and parses no
 * JSON, so that the reader costs little beside the server. One thread.
 */
public final class StreamReading implements AutoCloseable {
  private static final Pattern ARN = Pattern.compile("\"LatestStreamArn\":\"([^\"]+)\"");
  private static final Pattern SHARD = Pattern.compile("\"ShardId\":\"([^\"]+)\"");
  private static final Pattern ITERATOR = Pattern.compile("\"ShardIterator\":\"([^\"]+)\"");

  /** What each record has once. */
  private static final Needle RECORD = new Needle("\"eventSource\":\"aws:dynamodb\"");

  private static final Needle NEXT = new Needle("\"NextShardIterator\":\"");

  /** The end of a page, which has the next iterator. */
  private static final int END_BYTES = 4 * 1024;

  /** More than a page has: 1 MB of records, whose JSON may take several times as much. */
  private static final int MAX_PAGE_BYTES = 16 << 20;

  private final URI endpoint;
  private final Caller caller;

  /** Connects to a server. */
  public StreamReading(URI endpoint) throws IOException {
    this.endpoint = endpoint;
    this.caller = new Caller(endpoint, MAX_PAGE_BYTES);
  }

  /**
   * A page of records. The next page overwrites its bytes.
   *
   * @param records how many it has
   * @param next where to go on; absent at the end of a shard
   */
  public record Page(int records, ByteBuffer body, Optional<String> next) {
    /** Returns whether the page has an item with this key. */
    public boolean has(String key) {
      return new Needle("\"" + key + "\"").find(body, 0) >= 0;
    }
  }

  /**
   * Returns an iterator for each shard.
   *
   * @param from TRIM_HORIZON or LATEST
   */
  public List<String> iterators(String from) throws IOException {
    String table =
        text(
            RequestTemplate.of(
                endpoint, "DescribeTable", "{\"TableName\":\"%s\"}".formatted(name())));
    String arn = only(ARN, table);
    String stream = streams("DescribeStream", "{\"StreamArn\":\"%s\"}".formatted(arn));
    List<String> iterators = new ArrayList<>();
    for (String shard : SHARD.matcher(stream).results().map(found -> found.group(1)).toList()) {
      iterators.add(
          only(
              ITERATOR,
              streams(
                  "GetShardIterator",
                  "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"%s\"}"
                      .formatted(arn, shard, from))));
    }
    return iterators;
  }

  /** Reads the page at an iterator. */
  public Page page(String iterator) throws IOException {
    ByteBuffer body =
        body(
            RequestTemplate.ofStreams(
                endpoint, "GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}"));
    return new Page(RECORD.count(body), body, next(body));
  }

  /** Puts an item with this key and nothing else. */
  public void put(String key) throws IOException {
    String item = "{\"TableName\":\"%s\",\"Item\":{\"id\":{\"S\":\"%s\"}}}".formatted(name(), key);
    var _ = body(RequestTemplate.of(endpoint, "PutItem", item));
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }

  private static Optional<String> next(ByteBuffer body) {
    int found = NEXT.find(body, Math.max(0, body.limit() - END_BYTES));
    if (found < 0) {
      return Optional.empty();
    }
    int start = found + NEXT.length();
    int end = start;
    while (body.get(end) != '"') {
      end++;
    }
    byte[] iterator = new byte[end - start];
    body.get(start, iterator);
    return Optional.of(new String(iterator, StandardCharsets.UTF_8));
  }

  private static String name() {
    return Table.STREAMED.tableName();
  }

  private static String only(Pattern pattern, String answer) throws LoadFailedException {
    return pattern
        .matcher(answer)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new LoadFailedException("no " + pattern + " in " + answer));
  }

  private String streams(String operation, String body) throws IOException {
    return text(RequestTemplate.ofStreams(endpoint, operation, body));
  }

  private String text(RequestTemplate request) throws IOException {
    return StandardCharsets.UTF_8.decode(body(request)).toString();
  }

  private ByteBuffer body(RequestTemplate request) throws IOException {
    var _ = caller.demand(request.request());
    return caller.keptBody();
  }
}
