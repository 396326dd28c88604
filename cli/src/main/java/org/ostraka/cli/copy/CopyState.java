package org.ostraka.cli.copy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.delivery.json.JsonValue;

/**
 * How far a copy has come. Immutable.
 *
 * @param sourceId the id of the source's table
 * @param targetId the id of the target's table
 * @param begunMillis when the scan began: the stream has every change since then
 * @param stream the ARN of the source's stream; empty for a copy without the tail
 * @param segments where each segment of the scan goes on: the last key whose item is at the target;
 *     an empty object at its beginning, absent when it is done
 * @param shards how far each shard of the stream is read
 * @param items how many items have been copied
 */
record CopyState(
    String sourceId,
    String targetId,
    long begunMillis,
    String stream,
    Map<Integer, Optional<JsonValue>> segments,
    Map<String, ShardPosition> shards,
    long items) {
  static final JsonValue BEGINNING = new JsonValue.Members(Map.of());

  CopyState {
    segments = Map.copyOf(segments);
    shards = Map.copyOf(shards);
  }

  CopyState reached(int segment, Optional<JsonValue> key, long more) {
    Map<Integer, Optional<JsonValue>> changed = new LinkedHashMap<>(segments);
    changed.put(segment, key);
    return new CopyState(sourceId, targetId, begunMillis, stream, changed, shards, items + more);
  }

  CopyState reached(String shard, ShardPosition position) {
    Map<String, ShardPosition> changed = new LinkedHashMap<>(shards);
    changed.put(shard, position);
    return new CopyState(sourceId, targetId, begunMillis, stream, segments, changed, items);
  }

  /** Forgets the shards that the stream has no longer. */
  CopyState keeping(Set<String> existing) {
    Map<String, ShardPosition> kept = new LinkedHashMap<>(shards);
    kept.keySet().retainAll(existing);
    return new CopyState(sourceId, targetId, begunMillis, stream, segments, kept, items);
  }

  boolean isScanned() {
    return segments.values().stream().allMatch(Optional::isEmpty);
  }

  ShardPosition shard(String id) {
    return shards.getOrDefault(id, ShardPosition.BEGINNING);
  }
}
