package org.ostraka.voting;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a table in a {@link MemoryRegion}: one shard, in the order of the changes. */
public final class MemoryStream implements DynamoDbStreamsClient {
  static final String ARN = "arn";

  private final MemoryRegion region;
  private final String table;
  private final boolean isOpen;

  /** Makes a stream whose shard is closed. */
  public MemoryStream(MemoryRegion region, String table) {
    this(region, table, false);
  }

  /**
   * Makes a stream.
   *
   * @param isOpen whether its shard has no end
   */
  public MemoryStream(MemoryRegion region, String table, boolean isOpen) {
    this.region = region;
    this.table = table;
    this.isOpen = isOpen;
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    region.begin("DescribeStream");
    return DescribeStreamResponse.builder()
        .streamDescription(
            it -> it.streamArn(ARN).shards(Shard.builder().shardId("shard-1").build()))
        .build();
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    region.begin("GetShardIterator");
    String after = request.sequenceNumber();
    return GetShardIteratorResponse.builder().shardIterator(after == null ? "0" : after).build();
  }

  /** Returns all records from an iterator to the last one. */
  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    region.begin("GetRecords");
    List<MemoryRegion.Change> changes =
        region.changes().stream().filter(change -> change.table().equals(table)).toList();
    List<Record> records =
        IntStream.range(Integer.parseInt(request.shardIterator()), changes.size())
            .mapToObj(at -> record(changes.get(at), at + 1))
            .toList();
    GetRecordsResponse.Builder response = GetRecordsResponse.builder().records(records);
    return isOpen
        ? response.nextShardIterator(Integer.toString(changes.size())).build()
        : response.build();
  }

  private static Record record(MemoryRegion.Change change, int number) {
    return Record.builder()
        .eventName(operation(change.before(), change.after()))
        .dynamodb(it ->
            it.keys(change.key())
                .oldImage(change.before())
                .newImage(change.after())
                .sequenceNumber(Integer.toString(number)))
        .build();
  }

  private static OperationType operation(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    if (before.isEmpty()) {
      return OperationType.INSERT;
    }
    return after.isEmpty() ? OperationType.REMOVE : OperationType.MODIFY;
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
