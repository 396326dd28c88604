package org.ostraka.cli.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/** The stream of the source's table. Any thread. */
record SourceStream(Endpoint endpoint, String arn) {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
  private static final int RECORDS_PER_PAGE = 1000;
  private static final int SHARDS_PER_PAGE = 100;
  private static final String VIEW = "NEW_AND_OLD_IMAGES";

  /** A shard, and whether it gets no more records. */
  record Shard(String id, Optional<String> parent, boolean isClosed) {}

  /** Records, and the iterator of the next ones; empty at the end of a closed shard. */
  record Page(List<JsonValue> records, Optional<String> next) {}

  /** Enables the stream of a table that has none, and returns the table as it is then. */
  static TableDescription enable(Endpoint endpoint, String table, Pause pause) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    request.put("TableName", Json.text(table));
    request.put(
        "StreamSpecification",
        new JsonValue.Members(
            Map.of("StreamEnabled", Json.flag(true), "StreamViewType", Json.text(VIEW))));
    try {
      var _ = endpoint.call("UpdateTable", request);
    } catch (EndpointException refused) {
      throw new CopyException(
          "the source does not let its stream be enabled ("
              + refused.getMessage()
              + "); --no-tail copies without it",
          refused);
    }
    while (true) {
      TableDescription shown =
          TableDescription.of(endpoint, table)
              .orElseThrow(() -> new CopyException("the source's table is gone"));
      if (shown.isActive() && shown.hasStream()) {
        return shown;
      }
      Waits.rest(pause, BETWEEN_QUESTIONS);
    }
  }

  /** Returns when records can be read. */
  void awaitEnabled(Pause pause) {
    while (!isEnabled()) {
      Waits.rest(pause, BETWEEN_QUESTIONS);
    }
  }

  private boolean isEnabled() {
    JsonValue stream = described(Optional.empty(), 1);
    return Json.optionalString(stream, "StreamStatus").filter("ENABLED"::equals).isPresent();
  }

  /** Returns all shards that the stream still has. */
  List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      JsonValue stream = described(after, SHARDS_PER_PAGE);
      Json.elements(stream, "Shards").forEach(each -> shards.add(shard(each)));
      after = Json.optionalString(stream, "LastEvaluatedShardId");
    } while (after.isPresent());
    return shards;
  }

  private static Shard shard(JsonValue shown) {
    return new Shard(
        Json.string(shown, "ShardId"),
        Json.optionalString(shown, "ParentShardId"),
        Json.optional(shown, "SequenceNumberRange")
            .flatMap(range -> Json.optional(range, "EndingSequenceNumber"))
            .isPresent());
  }

  private JsonValue described(Optional<String> after, int limit) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    request.put("StreamArn", Json.text(arn));
    request.put("Limit", Json.number(limit));
    after.ifPresent(id -> request.put("ExclusiveStartShardId", Json.text(id)));
    return Json.member(call("DescribeStream", request), "StreamDescription");
  }

  /** Returns the iterator of the records after a position. */
  String iterator(String shard, ShardPosition position) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    request.put("StreamArn", Json.text(arn));
    request.put("ShardId", Json.text(shard));
    if (position.after().isEmpty()) {
      request.put("ShardIteratorType", Json.text("TRIM_HORIZON"));
    } else {
      request.put("ShardIteratorType", Json.text("AFTER_SEQUENCE_NUMBER"));
      request.put("SequenceNumber", Json.text(position.after()));
    }
    try {
      return Json.string(call("GetShardIterator", request), "ShardIterator");
    } catch (EndpointException refused) {
      throw lost(refused);
    }
  }

  /** Returns the next records; empty when the iterator has expired. */
  Optional<Page> records(String iterator) {
    Map<String, JsonValue> request =
        Map.of("ShardIterator", Json.text(iterator), "Limit", Json.number(RECORDS_PER_PAGE));
    try {
      JsonValue answer = call("GetRecords", request);
      return Optional.of(
          new Page(
              Json.elements(answer, "Records"), Json.optionalString(answer, "NextShardIterator")));
    } catch (EndpointException refused) {
      if (refused.is("ExpiredIteratorException")) {
        return Optional.empty();
      }
      throw lost(refused);
    }
  }

  /** Says that changes are gone, if that is what was answered. */
  private static RuntimeException lost(EndpointException refused) {
    return refused.is("TrimmedDataAccessException") || refused.is("ResourceNotFoundException")
        ? new CopyException(
            "the source's stream has no longer all changes since the copy began or was stopped;"
                + " delete the state file and copy anew",
            refused)
        : refused;
  }

  private JsonValue call(String operation, Map<String, JsonValue> request) {
    return endpoint.call(Endpoint.Service.STREAMS, operation, request);
  }
}
