package org.ostraka.cli.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * The items of a table at an endpoint. Any thread.
 *
 * @param keyNames the names of the key's attributes
 */
record Table(Endpoint endpoint, String name, List<String> keyNames, Pause pause) {
  private static final int WRITES_PER_BATCH = 25;
  private static final int KEYS_PER_BATCH = 100;
  private static final int ITEMS_PER_PAGE = 500;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A page of a scan, and where the next one begins; empty at the end. */
  record Page(List<JsonValue> items, Optional<JsonValue> next) {}

  /** Returns a page of a segment, read consistently. */
  Page page(int segment, int segments, JsonValue after) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    request.put("TableName", Json.text(name));
    request.put("ConsistentRead", Json.flag(true));
    request.put("Limit", Json.number(ITEMS_PER_PAGE));
    request.put("Segment", Json.number(segment));
    request.put("TotalSegments", Json.number(segments));
    if (!after.equals(CopyState.BEGINNING)) {
      request.put("ExclusiveStartKey", after);
    }
    JsonValue answer = endpoint.call("Scan", request);
    return new Page(Json.elements(answer, "Items"), Json.optional(answer, "LastEvaluatedKey"));
  }

  JsonValue key(JsonValue item) {
    return Json.picked(item, keyNames);
  }

  static JsonValue put(JsonValue item) {
    return Json.object("PutRequest", Json.object("Item", item));
  }

  static JsonValue delete(JsonValue key) {
    return Json.object("DeleteRequest", Json.object("Key", key));
  }

  /** Puts and deletes items; no two of the writes are of the same key. */
  void write(List<JsonValue> writes, Rate rate) {
    for (int from = 0; from < writes.size(); from += WRITES_PER_BATCH) {
      List<JsonValue> batch =
          writes.subList(from, Math.min(from + WRITES_PER_BATCH, writes.size()));
      rate.take(batch.size());
      writeBatch(batch);
    }
  }

  private void writeBatch(List<JsonValue> batch) {
    List<JsonValue> left = batch;
    Duration rest = FIRST_PAUSE;
    while (true) {
      JsonValue answer =
          endpoint.call(
              "BatchWriteItem", Map.of("RequestItems", Json.object(name, Json.list(left))));
      left =
          Json.optional(answer, "UnprocessedItems")
              .map(tables -> Json.elements(tables, name))
              .orElse(List.of());
      if (left.isEmpty()) {
        return;
      }
      rest = restLonger(rest);
    }
  }

  /** Returns the items of these keys, read consistently, by the digests of their keys. */
  Map<Digest, JsonValue> read(List<JsonValue> keys) {
    Map<Digest, JsonValue> found = new LinkedHashMap<>();
    for (int from = 0; from < keys.size(); from += KEYS_PER_BATCH) {
      readBatch(keys.subList(from, Math.min(from + KEYS_PER_BATCH, keys.size())))
          .forEach(item -> found.put(ItemDigest.of(key(item)), item));
    }
    return found;
  }

  private List<JsonValue> readBatch(List<JsonValue> keys) {
    List<JsonValue> items = new ArrayList<>();
    List<JsonValue> left = keys;
    Duration rest = FIRST_PAUSE;
    while (!left.isEmpty()) {
      JsonValue wanted =
          new JsonValue.Members(Map.of("Keys", Json.list(left), "ConsistentRead", Json.flag(true)));
      JsonValue answer =
          endpoint.call("BatchGetItem", Map.of("RequestItems", Json.object(name, wanted)));
      items.addAll(Json.elements(Json.member(answer, "Responses"), name));
      left =
          Json.optional(answer, "UnprocessedKeys")
              .flatMap(tables -> Json.optional(tables, name))
              .map(unread -> Json.elements(unread, "Keys"))
              .orElse(List.of());
      if (!left.isEmpty()) {
        rest = restLonger(rest);
      }
    }
    return items;
  }

  private Duration restLonger(Duration rest) {
    Waits.rest(pause, rest);
    Duration twice = rest.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Returns whether the table has an item. */
  boolean hasItems() {
    JsonValue begin = CopyState.BEGINNING;
    while (true) {
      Page page = page(0, 1, begin);
      if (!page.items().isEmpty()) {
        return true;
      }
      if (page.next().isEmpty()) {
        return false;
      }
      begin = page.next().get();
    }
  }
}
