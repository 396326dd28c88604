package org.ostraka.benchmarks;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The requests of a run in which a table of votes, a partition for each voter, gets an index by the
 * time of the vote. Immutable.
 */
record BallotRequests(URI endpoint) {
  private static final String CREATE_TABLE =
      """
      {"TableName":"ballots","BillingMode":"PAY_PER_REQUEST",\
      "AttributeDefinitions":[{"AttributeName":"PK","AttributeType":"S"}],\
      "KeySchema":[{"AttributeName":"PK","KeyType":"HASH"}]}\
      """;
  private static final String ITEM =
      """
      {"PK":{"S":"USER#%s"},"candidateId":{"S":"4567"},"timestamp":{"N":"%s"},\
      "station":{"S":"VOTE#123456"}}\
      """;
  private static final String ADD_INDEX =
      """
      {"TableName":"ballots",\
      "AttributeDefinitions":[{"AttributeName":"PK","AttributeType":"S"},\
      {"AttributeName":"timestamp","AttributeType":"N"}],\
      "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-time",\
      "KeySchema":[{"AttributeName":"timestamp","KeyType":"HASH"}],\
      "Projection":{"ProjectionType":"ALL"}}}]}\
      """;

  byte[] createTable() {
    return Requests.of(endpoint, "CreateTable", CREATE_TABLE);
  }

  byte[] describeTable() {
    return Requests.of(endpoint, "DescribeTable", "{\"TableName\":\"ballots\"}");
  }

  byte[] addIndex() {
    return Requests.of(endpoint, "UpdateTable", ADD_INDEX);
  }

  /** One vote, in which a {@link Load} writes who votes and when. */
  byte[] putBallot() {
    String item = ITEM.formatted(VoteRequests.VOTER, VoteRequests.TIME);
    return Requests.of(endpoint, "PutItem", "{\"TableName\":\"ballots\",\"Item\":" + item + "}");
  }

  /** The votes of some voters, numbered from {@code first} to below {@code end}. */
  byte[] putBallots(long first, long end) {
    String puts =
        LongStream.range(first, end)
            .mapToObj(voter -> "{\"PutRequest\":{\"Item\":" + item(voter) + "}}")
            .collect(Collectors.joining(","));
    return Requests.of(
        endpoint, "BatchWriteItem", "{\"RequestItems\":{\"ballots\":[" + puts + "]}}");
  }

  /**
   * Counts a page of a segment of the table, or of its index.
   *
   * @param after where the page before ended
   */
  byte[] count(boolean ofIndex, int segment, int segments, Optional<String> after) {
    String index = ofIndex ? "\"IndexName\":\"by-time\"," : "\"ConsistentRead\":true,";
    String start = after.map(key -> ",\"ExclusiveStartKey\":" + key).orElse("");
    return Requests.of(
        endpoint,
        "Scan",
        "{\"TableName\":\"ballots\",%s\"Select\":\"COUNT\",\"Segment\":%d,\"TotalSegments\":%d%s}"
            .formatted(index, segment, segments, start));
  }

  /** Each voter's first vote is before all that a {@link Load} makes. */
  private static String item(long voter) {
    return String.format(
        Locale.ROOT,
        ITEM,
        "%012d".formatted(voter),
        "%010d".formatted(Load.FIRST_TIME - 1 - voter));
  }
}
