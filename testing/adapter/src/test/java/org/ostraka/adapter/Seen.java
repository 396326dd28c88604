package org.ostraka.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * What consumers were given: the changes of each item, in the order in which each came first, and
 * the order in which shards began and ended. Any thread.
 */
final class Seen {
  /** Changes that may be made before they are seen, so that writers do not run away. */
  private static final int MOST_UNSEEN = 2_000;

  private final Semaphore room = new Semaphore(MOST_UNSEEN);
  private final Map<String, List<Change>> changes = new HashMap<>();
  private final Set<String> eventIds = new HashSet<>();

  /** The place of each shard's beginning, and of its end, among all of them; the first counts. */
  private final Map<String, Integer> begun = new HashMap<>();

  private final Map<String, Integer> ended = new HashMap<>();

  /**
   * A change of an item.
   *
   * @param before the item before the change, if there was one
   * @param after the item after the change, if there is one
   */
  record Change(
      OperationType type,
      Optional<Map<String, AttributeValue>> before,
      Optional<Map<String, AttributeValue>> after) {

    /** Returns the change between two states of an item. */
    static Change between(
        Optional<Map<String, AttributeValue>> before, Optional<Map<String, AttributeValue>> after) {
      OperationType type = after.isEmpty() ? OperationType.REMOVE : OperationType.MODIFY;
      return new Change(before.isEmpty() ? OperationType.INSERT : type, before, after);
    }
  }

  /** Takes the next record of a shard, unless it came before. */
  synchronized void take(Record record) {
    if (!eventIds.add(record.eventID())) {
      return;
    }
    Change change =
        new Change(
            record.eventName(),
            Optional.of(record.dynamodb())
                .filter(image -> image.hasOldImage())
                .map(image -> image.oldImage()),
            Optional.of(record.dynamodb())
                .filter(image -> image.hasNewImage())
                .map(image -> image.newImage()));
    changes
        .computeIfAbsent(record.dynamodb().keys().get("id").s(), _ -> new ArrayList<>())
        .add(change);
    room.release();
  }

  /** Returns the permits to make changes, one for each. */
  Semaphore room() {
    return room;
  }

  /** Notes that a worker begins with a shard, or goes on with it. */
  synchronized void begin(String shard) {
    begun.putIfAbsent(shard, begun.size() + ended.size());
  }

  /** Notes that a shard was read to its end. */
  synchronized void end(String shard) {
    ended.putIfAbsent(shard, begun.size() + ended.size());
  }

  /** Returns the number of changes. */
  synchronized long count() {
    return eventIds.size();
  }

  /** Returns the shards that were read to their end. */
  synchronized Set<String> ended() {
    return Set.copyOf(ended.keySet());
  }

  synchronized Map<String, List<Change>> changes() {
    return Map.copyOf(changes);
  }

  /** Fails unless a worker began with each of these shards after the end of its parent. */
  synchronized void requireParentsFirst(List<Shard> shards) {
    for (Shard shard : shards) {
      if (shard.parentShardId() != null) {
        assertThat(begun.get(shard.shardId()))
            .as("the beginning of %s", shard)
            .isGreaterThan(ended.get(shard.parentShardId()));
      }
    }
  }
}
