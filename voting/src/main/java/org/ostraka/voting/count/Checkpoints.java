package org.ostraka.voting.count;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The checkpoints of a stream, in its region. Any thread.
 *
 * <p>An owner is only who works on a shard, so that two counters do not work for nothing. That a
 * record is counted once rests on the beat alone: every change requires the beat that was read.
 *
 * @param stream the ARN of the stream
 */
record Checkpoints(VoteTable counts, String region, String stream) {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

  /** Returns all checkpoints by shard. */
  Map<String, Checkpoint> all() {
    Map<String, Checkpoint> found = new HashMap<>();
    for (Map<String, AttributeValue> row : counts.readAll(region, partition())) {
      try {
        Checkpoint checkpoint = Checkpoint.of(row);
        found.put(checkpoint.shard(), checkpoint);
      } catch (IllegalStateException | NumberFormatException malformed) {
        // Its shard is not counted any more: nobody knows how far it was. Others go on.
        LOG.log(
            System.Logger.Level.ERROR,
            "the checkpoint of shard " + Attributes.text(row, Keys.SORT) + " cannot be read",
            malformed);
      }
    }
    return found;
  }

  /** Returns the checkpoint of a shard as it is now; empty when there is none. */
  Optional<Checkpoint> find(String shard) {
    return counts.read(region, key(shard)).map(Checkpoint::of);
  }

  /** Makes the checkpoint of a shard that has none; empty when another counter was faster. */
  Optional<Checkpoint> add(String shard, String owner) {
    Map<String, AttributeValue> row = new HashMap<>(key(shard));
    row.put(Checkpoint.OWNER, Attributes.of(owner));
    row.put(Checkpoint.BEAT, Attributes.of(1));
    return counts.add(region, row)
        ? Optional.of(new Checkpoint(shard, owner, 1, Optional.empty(), false))
        : Optional.empty();
  }

  /** Takes a shard, also from its owner; empty when the checkpoint has changed meanwhile. */
  Optional<Checkpoint> take(Checkpoint from, String owner) {
    return change(from, "#owner = :owner", Map.of(":owner", Attributes.of(owner)))
        .map(beat -> new Checkpoint(from.shard(), owner, beat, from.position(), from.isFinished()));
  }

  /** Shows that the owner lives; empty when it is the owner no more. */
  Optional<Checkpoint> beat(Checkpoint from) {
    return take(from, from.owner());
  }

  /** Notes that all records of a closed shard are counted; false when it is the owner no more. */
  boolean finish(Checkpoint from) {
    return change(from, "#finished = :true", Map.of(":true", AttributeValue.fromBool(true)))
        .isPresent();
  }

  /** Returns the change of a checkpoint that is part of a transaction. */
  Update advance(Checkpoint from, String position) {
    Map<String, AttributeValue> values = values(from);
    values.put(":position", Attributes.of(position));
    return Update.builder()
        .tableName(counts.name())
        .key(key(from.shard()))
        .updateExpression("SET #beat = :next, #position = :position")
        .conditionExpression("#beat = :beat")
        .expressionAttributeNames(
            Map.of("#beat", Checkpoint.BEAT, "#position", Checkpoint.POSITION))
        .expressionAttributeValues(values)
        .build();
  }

  private Optional<Long> change(Checkpoint from, String set, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> values = values(from);
    values.putAll(more);
    Map<String, String> names = new HashMap<>(Map.of("#beat", Checkpoint.BEAT));
    String name = set.substring(1, set.indexOf(' '));
    names.put("#" + name, name);
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(counts.name())
            .key(key(from.shard()))
            .updateExpression("SET #beat = :next, " + set)
            .conditionExpression("#beat = :beat")
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .build();
    try {
      var _ = counts.in(region).updateItem(request);
      return Optional.of(from.beat() + 1);
    } catch (ConditionalCheckFailedException changed) {
      return Optional.empty();
    }
  }

  private static Map<String, AttributeValue> values(Checkpoint from) {
    return new HashMap<>(
        Map.of(":beat", Attributes.of(from.beat()), ":next", Attributes.of(from.beat() + 1)));
  }

  private String partition() {
    return "STREAM#" + region + "#" + stream;
  }

  private Map<String, AttributeValue> key(String shard) {
    return Map.of(Keys.PARTITION, Attributes.of(partition()), Keys.SORT, Attributes.of(shard));
  }
}
