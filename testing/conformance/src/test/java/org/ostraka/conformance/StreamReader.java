package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads a stream from its oldest record, each shard after its parent. It goes on where it was after
 * a failure and with another process. One thread.
 */
final class StreamReader {
  /** Less than a busy stream has, so that the list of shards has several pages. */
  private static final int SHARDS_OF_A_PAGE = 10;

  /** Pages of a shard that are read before the next shard has its turn. */
  private static final int MAX_PAGES = 20;

  private final String arn;
  private final StreamReplay replay = new StreamReplay();
  private final Map<String, String> iterators = new HashMap<>();
  private final Map<String, BigInteger> last = new HashMap<>();
  private final Set<String> finished = new HashSet<>();

  StreamReader(String arn) {
    this.arn = arn;
  }

  StreamReplay replay() {
    return replay;
  }

  /** Returns the number of shards that were read to their end. */
  int finished() {
    return finished.size();
  }

  /** Reads on in every shard; returns whether all shards have been read to their end. */
  boolean read(DynamoDbStreamsClient client) {
    boolean complete = true;
    for (Shard shard : shards(client)) {
      boolean ready = shard.parentShardId() == null || finished.contains(shard.parentShardId());
      if (ready && !finished.contains(shard.shardId())) {
        readShard(client, shard);
      }
      complete &= finished.contains(shard.shardId());
    }
    return complete;
  }

  private List<Shard> shards(DynamoDbStreamsClient client) {
    List<Shard> shards = new ArrayList<>();
    DescribeStreamResponse page =
        client.describeStream(describe -> describe.streamArn(arn).limit(SHARDS_OF_A_PAGE));
    shards.addAll(page.streamDescription().shards());
    while (page.streamDescription().lastEvaluatedShardId() != null) {
      String start = page.streamDescription().lastEvaluatedShardId();
      page =
          client.describeStream(describe ->
              describe.streamArn(arn).limit(SHARDS_OF_A_PAGE).exclusiveStartShardId(start));
      shards.addAll(page.streamDescription().shards());
    }
    return shards;
  }

  private void readShard(DynamoDbStreamsClient client, Shard shard) {
    for (int page = 0; page < MAX_PAGES; page++) {
      String iterator = iterators.get(shard.shardId());
      if (iterator == null) {
        iterator = oldest(client, shard);
      }
      String from = iterator;
      GetRecordsResponse response = client.getRecords(get -> get.shardIterator(from));
      response.records().forEach(event -> take(shard, event));
      if (response.nextShardIterator() == null) {
        finished.add(shard.shardId());
        return;
      }
      iterators.put(shard.shardId(), response.nextShardIterator());
      if (response.records().isEmpty()) {
        return;
      }
    }
  }

  private String oldest(DynamoDbStreamsClient client, Shard shard) {
    return client
        .getShardIterator(get ->
            get.streamArn(arn)
                .shardId(shard.shardId())
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private void take(Shard shard, Record event) {
    BigInteger number = new BigInteger(event.dynamodb().sequenceNumber());
    SequenceNumberRange range = shard.sequenceNumberRange();
    assertThat(number)
        .as("%s", event)
        .isGreaterThanOrEqualTo(new BigInteger(range.startingSequenceNumber()));
    if (range.endingSequenceNumber() != null) {
      assertThat(number)
          .as("%s", event)
          .isLessThanOrEqualTo(new BigInteger(range.endingSequenceNumber()));
    }
    BigInteger before = last.put(shard.shardId(), number);
    if (before != null) {
      assertThat(number).as("out of order: %s", event).isGreaterThan(before);
    }
    replay.apply(shard.shardId(), event);
  }
}
