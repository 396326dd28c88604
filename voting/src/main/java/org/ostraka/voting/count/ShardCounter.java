package org.ostraka.voting.count;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogEnd;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Attributes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Counts one shard of a stream, from its checkpoint to its end. One thread.
 *
 * <p>Checkpoint, tallies and log change in one transaction, so each record counts once, whatever is
 * repeated: a transaction whose outcome is not known is followed by a look at the checkpoint.
 */
final class ShardCounter {
  private static final int MAX_LOGS_IN_MEMORY = 10_000;
  private static final Duration IDLE = Duration.ofMillis(200);

  private final VoteStream stream;
  private final Checkpoints checkpoints;
  private final InstantSource clock;
  private final Pause pause;
  private final Duration beatEvery;
  private final int part;
  private final Paper paper;
  private final Predicate<String> isTakenOver;
  private final Map<LogId, LogEnd> ends = new LinkedHashMap<>();
  private Checkpoint checkpoint;
  private Instant beaten;

  /**
   * Makes the counter of a shard.
   *
   * @param isTakenOver whether another region counts for an election
   */
  ShardCounter(
      VoteStream stream,
      Checkpoints checkpoints,
      Checkpoint checkpoint,
      Paper paper,
      Predicate<String> isTakenOver,
      Duration beatEvery,
      InstantSource clock,
      Pause pause) {
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.checkpoint = checkpoint;
    this.paper = paper;
    this.isTakenOver = isTakenOver;
    this.beatEvery = beatEvery;
    this.clock = clock;
    this.pause = pause;
    this.part = TallyKey.part(checkpoint.shard());
    this.beaten = clock.instant();
  }

  /**
   * Counts until the shard is finished, another counter has taken it, or it shall stop.
   *
   * @param counted is run each time all records that were read are counted
   */
  void run(BooleanSupplier shallStop, Runnable counted) {
    String iterator = iterator();
    while (!shallStop.getAsBoolean()) {
      GetRecordsResponse response;
      try {
        response = stream.records(iterator);
      } catch (ExpiredIteratorException _) {
        iterator = iterator();
        continue;
      }
      if (!count(response.records())) {
        return;
      }
      counted.run();
      iterator = response.nextShardIterator();
      if (iterator == null) {
        boolean _ = checkpoints.finish(checkpoint);
        return;
      }
      if (response.records().isEmpty()) {
        pause.pause(IDLE);
      }
    }
  }

  private String iterator() {
    return stream.iterator(checkpoints.stream(), checkpoint.shard(), checkpoint.position());
  }

  /** Counts records; returns false when another counter has taken the shard. */
  private boolean count(List<Record> records) {
    List<Record> left = new ArrayList<>(records);
    while (!left.isEmpty()) {
      Batch batch = new Batch(stream.region(), part, paper, isTakenOver);
      Iterator<Record> next = left.iterator();
      while (next.hasNext() && batch.take(next.next())) {
        next.remove();
      }
      if (!commit(batch)) {
        return false;
      }
    }
    if (clock.instant().isAfter(beaten.plus(beatEvery))) {
      return moved(checkpoints.beat(checkpoint));
    }
    return true;
  }

  private boolean commit(Batch batch) {
    String position = batch.position().orElseThrow();
    Map<LogId, LogEnd> after = new HashMap<>();
    List<TransactWriteItem> actions = new ArrayList<>();
    actions.add(
        TransactWriteItem.builder().update(checkpoints.advance(checkpoint, position)).build());
    batch
        .entries()
        .forEach((log, entries) -> {
          LogEnd end = end(log);
          Segment segment = Segment.after(log, end.head(), entries);
          after.put(log, new LogEnd(segment.head(), end.unreadable()));
          actions.add(put(segment.row(end.unreadable())));
        });
    batch.tallies().forEach((key, counts) -> actions.add(add(key, counts)));
    try {
      var _ =
          checkpoints
              .counts()
              .in(checkpoints.region())
              .transactWriteItems(it -> it.transactItems(actions));
    } catch (TransactionCanceledException cancelled) {
      ends.clear();
      throw cancelled;
    }
    ends.putAll(after);
    return moved(Optional.of(checkpoint.moved(batch.position())));
  }

  private boolean moved(Optional<Checkpoint> to) {
    to.ifPresent(next -> {
      checkpoint = next;
      beaten = clock.instant();
    });
    return to.isPresent();
  }

  private LogEnd end(LogId log) {
    if (ends.size() >= MAX_LOGS_IN_MEMORY) {
      ends.clear();
    }
    return ends.computeIfAbsent(
        log, new AuditLogs(checkpoints.counts(), checkpoints.region())::end);
  }

  private TransactWriteItem put(Map<String, AttributeValue> segment) {
    return TransactWriteItem.builder()
        .put(it ->
            it.tableName(checkpoints.counts().name())
                .item(segment)
                .conditionExpression("attribute_not_exists(PK)"))
        .build();
  }

  private TransactWriteItem add(TallyKey key, Map<String, Integer> counts) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> terms = new ArrayList<>();
    counts.forEach((counter, count) -> {
      String number = Integer.toString(terms.size());
      names.put("#c" + number, counter);
      values.put(":n" + number, Attributes.of(count));
      terms.add("#c" + number + " :n" + number);
    });
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(checkpoints.counts().name())
                .key(key.row())
                .updateExpression("ADD " + String.join(", ", terms))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build())
        .build();
  }
}
