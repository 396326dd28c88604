package org.ostraka.voting.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of the table in one region. Any thread. */
public final class VoteStream {
  private final VoteTable table;
  private final String region;
  private final DynamoDbStreamsClient client;

  /**
   * Makes the reader of a stream.
   *
   * @param table the table with the ballots
   */
  public VoteStream(VoteTable table, String region, DynamoDbStreamsClient client) {
    this.table = table;
    this.region = region;
    this.client = client;
  }

  String region() {
    return region;
  }

  /** Returns the ARN of the stream that is enabled; empty when none is. */
  Optional<String> arn() {
    return Optional.ofNullable(
        table.in(region).describeTable(it -> it.tableName(table.name())).table().latestStreamArn());
  }

  /** Returns all shards that can still be read, open and closed. */
  List<Shard> shards(String arn) {
    List<Shard> shards = new ArrayList<>();
    DescribeStreamRequest.Builder request = DescribeStreamRequest.builder().streamArn(arn);
    String last;
    do {
      StreamDescription page = client.describeStream(request.build()).streamDescription();
      shards.addAll(page.shards());
      last = page.lastEvaluatedShardId();
      request = request.exclusiveStartShardId(last);
    } while (last != null);
    return shards;
  }

  /** Returns an iterator that begins after a record, or with the oldest one. */
  String iterator(String arn, String shard, Optional<String> after) {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder()
            .streamArn(arn)
            .shardId(shard)
            .shardIteratorType(
                after.isPresent()
                    ? ShardIteratorType.AFTER_SEQUENCE_NUMBER
                    : ShardIteratorType.TRIM_HORIZON);
    after.ifPresent(request::sequenceNumber);
    return client.getShardIterator(request.build()).shardIterator();
  }

  /** Returns the next records, which may be none. */
  GetRecordsResponse records(String iterator) {
    return client.getRecords(it -> it.shardIterator(iterator));
  }
}
